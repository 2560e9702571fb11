import EmulatorRuntime
import Foundation
import HTTPTypes

/// What one caller sees of subscriptions, groups and resources at one moment.
///
/// What a caller with a role on a single resource is answered by lists is not documented; here lists hold what may be
/// read, and are never refused, unless the rules say otherwise.
struct ResourceGroupView {
    let call: ManagementCall
    let state: CloudState
    let now: Date
    let providers: [any ResourceProvider]

    private var pageSize: Int { self.state.world.rules.pageSize }

    func tenants() -> EmulatedResponse {
        let id = JSON.string(self.state.world.tenantID)
        return .json([
            "value": [
                ["id": .string("/tenants/\(self.state.world.tenantID)"), "tenantId": id, "displayName": "Contoso"]
            ]
        ])
    }

    func subscriptions() -> EmulatedResponse {
        let caller = self.call.caller.objectID
        let visible = self.state.world.subscriptions.filter { subscription in
            self.state.world.rules.listsSubscriptionsOfResources
                ? self.state.access.touches(caller, scope: subscription.scope, now: self.now)
                : self.state.access.reaches(caller, scope: subscription.scope, now: self.now)
        }
        return self.call.page(visible.map(self.json), size: self.pageSize)
    }

    func subscription(_ id: String) throws(ManagementError) -> EmulatedResponse {
        let found = self.state.world.subscriptions.first { $0.id.caseInsensitiveCompare(id) == .orderedSame }
        guard let found else { throw .subscriptionNotFound(id) }
        guard self.state.access.touches(self.call.caller.objectID, scope: found.scope, now: self.now) else {
            throw .unauthorized(
                self.call.caller,
                action: "Microsoft.Resources/subscriptions/read",
                scope: found.scope
            )
        }
        return .json(self.json(found))
    }

    private func json(_ subscription: Subscription) -> JSON {
        [
            "id": .string(subscription.scope.path), "subscriptionId": .string(subscription.id),
            "displayName": .string(subscription.name), "state": "Enabled",
            "tenantId": .string(self.state.world.tenantID), "authorizationSource": "RoleBased",
            "subscriptionPolicies": [
                "locationPlacementId": "Internal_2014-09-01", "quotaId": "Internal_2014-09-01", "spendingLimit": "Off",
            ],
            "managedByTenants": [],
        ]
    }

    func locations(of subscription: String) -> EmulatedResponse {
        let names = Set(self.state.resourceGroups.values.map(\.location)).sorted()
        return .json([
            "value": .array(
                names.map { name in
                    [
                        "id": .string("/subscriptions/\(subscription)/locations/\(name)"), "name": .string(name),
                        "displayName": .string(RegionName.display(name)),
                    ]
                }
            )
        ])
    }

    func groups(of subscription: String) -> EmulatedResponse {
        let visible = self.state.resourceGroups.values.sorted { $0.scope.path < $1.scope.path }.filter { group in
            group.subscriptionID.caseInsensitiveCompare(subscription) == .orderedSame
                && self.call.may(Self.readGroup, at: group.scope, in: self.state, now: self.now)
        }
        return self.call.page(visible.map(Self.json), size: self.pageSize)
    }

    private static let readGroup = "Microsoft.Resources/subscriptions/resourceGroups/read"

    private func find(_ name: String, of subscription: String) throws(ManagementError) -> ResourceGroup {
        let scope = Scope.group(name, in: subscription)
        try self.call.require(Self.readGroup, at: scope, in: self.state, now: self.now)
        guard let group = self.state.resourceGroups[scope] else {
            throw .groupNotFound(name)
        }
        return group
    }

    func group(_ name: String, of subscription: String) throws(ManagementError) -> EmulatedResponse {
        .json(Self.json(try self.find(name, of: subscription)))
    }

    static func json(_ group: ResourceGroup) -> JSON {
        [
            "id": .string(group.scope.path), "name": .string(group.name), "type": "Microsoft.Resources/resourceGroups",
            "location": .string(group.location), "tags": .tags(group.tags),
            "properties": ["provisioningState": "Succeeded"],
        ]
    }

    func groupResources(_ name: String, of subscription: String) throws(ManagementError) -> EmulatedResponse {
        let scope = Scope.group(name, in: subscription)
        guard self.state.resourceGroups[scope] != nil else { throw .groupNotFound(name) }
        return try self.resources(below: scope)
    }

    func resources(below scope: Scope) throws(ManagementError) -> EmulatedResponse {
        let filter = try ResourceFilter(self.call.request.query("$filter"))
        let rule = self.state.world.rules.listingBelow
        if rule != .readable, !self.state.access.reaches(self.call.caller.objectID, scope: scope, now: self.now) {
            if rule == .empty { return self.call.page([], size: self.pageSize) }
            let action = "Microsoft.Resources/subscriptions/resources/read"
            throw .unauthorized(self.call.caller, action: action, scope: scope)
        }
        let listed = self.providers.flatMap { $0.resources(in: self.state) }.filter { resource in
            scope.contains(resource.id) && filter.matches(resource)
                && self.call.may("\(resource.type)/read", at: resource.id, in: self.state, now: self.now)
        }
        return self.call.page(listed.sorted { $0.id.path < $1.id.path }.map(\.json), size: self.pageSize)
    }

    /// What an operation of the Resource Manager itself came to.
    ///
    /// Source: "Track asynchronous Azure operations": 202 while it runs.
    func result(_ id: String) throws(ManagementError) -> EmulatedResponse {
        let found = self.state.results[id].flatMap { $0.expiresAt > self.now ? $0 : nil }
        guard let found, found.callerID == self.call.caller.objectID else {
            throw ManagementError(
                status: .notFound,
                code: "NotFound",
                message: "The operation '\(id)' was not found."
            )
        }
        return found.readyAt <= self.now ? .json(found.body) : self.call.stillRunning(in: self.state)
    }

    func namespaces() -> EmulatedResponse {
        .json(["value": .array(self.providers.map(self.json))])
    }

    func namespace(_ name: String) throws(ManagementError) -> EmulatedResponse {
        let provider = self.providers.first { $0.namespace.caseInsensitiveCompare(name) == .orderedSame }
        guard let provider else { throw .unknownNamespace(name) }
        return .json(self.json(provider))
    }

    private func json(_ provider: any ResourceProvider) -> JSON {
        let locations = provider.locations(in: self.state).map { JSON.string(RegionName.display($0)) }
        return [
            "namespace": .string(provider.namespace), "registrationState": "Registered",
            "registrationPolicy": "RegistrationRequired",
            "resourceTypes": .array(
                provider.resourceTypes.map { type in
                    [
                        "resourceType": .string(type), "locations": .array(locations),
                        "apiVersions": .array(ProviderVersions.versions(of: provider.namespace).map(JSON.string)),
                        "capabilities": "SupportsTags, SupportsLocation",
                    ]
                }
            ),
        ]
    }
}
