import BackupDomain

/// Reads an API Management service resource, leniently: what a backup can do without may be missing or null.
///
/// Source: `ApiManagementServiceResource` of the 2024-05-01 specification.
enum InstanceDocument {
    /// Reads an instance.
    ///
    /// - Parameters:
    ///   - document: The body of the answer; nil where it is no JSON document.
    ///   - answer: The answer to a GET of the instance.
    ///   - id: The id that was asked for: the answer's own must be equal but for case.
    /// - Returns: The instance, with the whole document.
    /// - Throws: ``BackupDomain/BackupError`` with code `malformedAnswer`.
    static func instance(
        _ document: JSONValue?,
        of answer: AzureAnswer,
        asked id: ResourceID
    ) throws(BackupError) -> Instance {
        guard let document else { throw answer.malformed("it is no JSON document") }
        guard let found = document["id"]?.string.flatMap(ResourceID.init), found == id else {
            throw answer.malformed("it is not the resource that was asked for")
        }
        guard let tier = document["sku"]?["name"]?.string, !tier.isEmpty else {
            throw answer.malformed("it has no sku.name")
        }
        guard let state = document["properties"]?["provisioningState"]?.string else {
            throw answer.malformed("it has no properties.provisioningState")
        }
        return Instance(
            id: found,
            location: document["location"]?.string ?? "",
            tier: Tier(tier),
            units: document["sku"]?["capacity"]?.lenientInteger.flatMap { Int(exactly: $0) } ?? 1,
            provisioningState: state,
            identity: Self.identity(document["identity"]),
            minimumAPIVersion: document["properties"]?["apiVersionConstraint"]?["minApiVersion"]?.string
                .flatMap { $0.isEmpty ? nil : $0 },
            document: document
        )
    }

    private static func identity(_ value: JSONValue?) -> InstanceIdentity {
        let types = (value?["type"]?.string ?? "").lowercased().split { $0 == "," || $0 == " " }
        let system = types.contains("systemassigned") ? value?["principalId"]?.string : nil
        let attached = types.contains("userassigned") ? value?["userAssignedIdentities"]?.object ?? [:] : [:]
        let users = attached.compactMap { id, identity -> InstanceIdentity.UserAssigned? in
            guard let clientID = identity["clientId"]?.string else { return nil }
            return InstanceIdentity.UserAssigned(
                resourceID: id,
                clientID: clientID,
                principalID: identity["principalId"]?.string ?? ""
            )
        }
        return InstanceIdentity(
            systemPrincipalID: system,
            userAssigned: users.sorted { $0.resourceID < $1.resourceID }
        )
    }
}
