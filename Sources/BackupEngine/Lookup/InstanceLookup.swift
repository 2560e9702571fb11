package import BackupDomain

/// Finds the instance that a person means.
package struct InstanceLookup: Sendable {
    private let plane: any ManagementPlane

    /// Creates a look-up.
    ///
    /// - Parameter plane: Azure Resource Manager.
    package init(plane: any ManagementPlane) { self.plane = plane }

    /// Finds one instance.
    ///
    /// The search lists resources by a filter. Whether Azure answers that to an identity whose only role is on the instance
    /// is not known for sure; a subscription that refuses is passed over, and a full resource id needs no search.
    ///
    /// - Parameters:
    ///   - reference: A name or a full resource id.
    ///   - subscription: Where to look; nil for all that can be seen.
    ///   - resourceGroup: Narrows the search by group; nil for any.
    /// - Returns: The instance's resource id.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, `instanceNotFound` or `instanceAmbiguous`.
    package func find(_ reference: String, subscription: String?, resourceGroup: String?) async throws -> ResourceID {
        if reference.hasPrefix("/") { return try Self.resourceID(reference) }
        try Self.checkName(reference)
        let subscriptions = if let subscription { [subscription] } else { try await self.plane.subscriptions() }
        let search = try await InstanceSearch(self.plane, named: reference, in: subscriptions)
        let found = search.found.filter { id in
            resourceGroup == nil || id.resourceGroup.lowercased() == resourceGroup?.lowercased()
        }
        guard let first = found.first else {
            if let refusal = search.refusals.first { throw Self.mayNotSearch(reference, refusal.error) }
            throw Self.notFound(reference, subscriptions: subscriptions, resourceGroup: resourceGroup)
        }
        guard found.count == 1 else { throw Self.ambiguous(reference, found) }
        return first
    }

    private static func resourceID(_ text: String) throws(BackupError) -> ResourceID {
        guard let id = ResourceID(text), id.isInstance else {
            throw .init(
                .invalidInput,
                "'\(text)' is not the resource id of an API Management instance.",
                remedy:
                    "It looks like /subscriptions/…/resourceGroups/…/providers/Microsoft.ApiManagement/service/NAME."
            )
        }
        return id
    }

    private static func checkName(_ name: String) throws(BackupError) {
        guard !Instance.isValidName(name) else { return }
        throw .init(
            .invalidInput,
            "'\(name)' cannot be the name of an API Management instance: \(Instance.nameRule)."
        )
    }

    private static func notFound(_ name: String, subscriptions: [String], resourceGroup: String?) -> BackupError {
        let place =
            switch subscriptions.count {
            case 0: "this identity can see no subscription"
            case 1: "subscription \(subscriptions[0]) was searched"
            default: "\(subscriptions.count) subscriptions were searched"
            }
        let group = resourceGroup.map { ", resource group \($0)" } ?? ""
        return BackupError(
            .instanceNotFound,
            "No API Management instance named '\(name)' can be seen by this identity (\(place)\(group)).",
            remedy: "Check the name, --subscription and --resource-group, and that the identity has a role on the "
                + "instance, such as 'API Management Service Operator Role'. Where that is its only role, Azure may not "
                + "list the instance: give its full resource id instead of the name. If it was deleted within the last 48 "
                + "hours, Azure can bring it back whole: az apim deletedservice list."
        )
    }

    private static func mayNotSearch(_ name: String, _ refusal: BackupError) -> BackupError {
        var error = refusal
        error.message = "The instance '\(name)' could not be searched for. \(refusal.message)"
        let other = "Give the instance's full resource id instead of its name: that needs no search."
        error.remedy = refusal.remedy.map { "\(other) Or: \($0)" } ?? other
        return error
    }

    private static func ambiguous(_ name: String, _ found: [ResourceID]) -> BackupError {
        BackupError(
            .instanceAmbiguous,
            "\(found.count) instances are named '\(name)':\n"
                + found.map { "  \($0)" }.joined(separator: "\n"),
            remedy: "Give the full resource id, or narrow with --subscription and --resource-group."
        )
    }
}
