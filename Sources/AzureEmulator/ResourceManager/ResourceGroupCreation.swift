import EmulatorRuntime
import Foundation
import HTTPTypes

/// `PUT …/resourceGroups/NAME`: makes a resource group, or changes the tags of one.
///
/// Source: "Resource Groups - Create Or Update", Resource Manager, API version 2021-04-01.
struct ResourceGroupCreation {
    let call: ManagementCall

    func response() throws -> EmulatedResponse {
        let body = try self.call.body()
        let segments = self.call.request.segments
        let scope = Scope.group(segments[3], in: segments[1])
        let (group, isNew) = try self.call.cloud.change { state, now in
            let action = "Microsoft.Resources/subscriptions/resourceGroups/write"
            try self.call.require(action, at: scope, in: state, now: now)
            let old = state.resourceGroups[scope]
            let group = try self.group(segments[3], of: segments[1], body: body, over: old)
            return ([.resourceGroup(group)], (group, old == nil))
        }
        return .json(ResourceGroupView.json(group), status: isNew ? .created : .ok)
    }

    private func group(
        _ name: String,
        of subscription: String,
        body: JSON,
        over old: ResourceGroup?
    ) throws(ManagementError) -> ResourceGroup {
        // Source: "Naming rules and restrictions for Azure resources".
        guard name.wholeMatch(of: /[\p{L}\p{N}_().-]{0,89}[\p{L}\p{N}_()-]/) != nil else {
            throw ManagementError(
                status: .badRequest,
                code: "InvalidResourceGroup",
                message: "The provided resource group name '\(name)' has invalid characters or is too long."
            )
        }
        guard let location = body["location"]?.string, !location.isEmpty else { throw .locationRequired() }
        if let old, old.location != RegionName.short(location) {
            throw ManagementError(
                status: .conflict,
                code: "InvalidResourceGroupLocation",
                message: "Invalid resource group location '\(location)'. The Resource group already exists in location "
                    + "'\(old.location)'."
            )
        }
        return ResourceGroup(
            subscriptionID: old?.subscriptionID ?? subscription,
            name: old?.name ?? name,
            location: RegionName.short(location),
            tags: try body["tags"].map { tags throws(ManagementError) in
                try .read(tags, or: .invalidContent("tags must be strings"))
            } ?? [:]
        )
    }
}
