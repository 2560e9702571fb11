import EmulatorDeployments
import EmulatorExpressions
import EmulatorRuntime
import Foundation
import HTTPTypes

/// What a deployment would change, without doing anything: the what-if operation.
///
/// Source: "ARM template deployment what-if operation": `reference` is not resolved, so that what it gives shows as a change.
struct DeploymentForecast {
    let intake: DeploymentIntake
    let resources: RoutedResources
    let idsOnly: Bool

    /// The changes: what the template makes, changes or leaves, then what it does not name.
    func changes(of proposal: DeploymentProposal) -> [JSON] {
        var seen: Set<Scope> = []
        var places: Set<DeploymentPlace> = [proposal.place]
        let named = self.changes(of: proposal.plan, &seen, &places)
        return named + self.ignored(in: places, but: seen)
    }

    private func changes(
        of plan: DeploymentPlan,
        _ seen: inout Set<Scope>,
        _ places: inout Set<DeploymentPlace>
    ) -> [JSON] {
        var changes: [JSON] = []
        for resource in plan.resources where resource.isEnabled && !resource.isExisting {
            guard let place = resource.nestedPlace else {
                seen.insert(Scope(resource.id))
                changes.append(self.change(of: resource, in: plan))
                continue
            }
            do throws(ExpressionFailure) {
                let nested = try plan.nested(resource, reader: nil)
                let (state, now) = self.resources.router.cloud.read { state, now in (state, now) }
                let inner = try? self.intake.proposal(
                    nested,
                    name: resource.name,
                    place: place,
                    caller: self.resources.caller,
                    in: state,
                    now: now
                )
                guard let inner else { throw ExpressionFailure("") }
                places.insert(inner.place)
                changes += self.changes(of: inner.plan, &seen, &places)
            } catch {
                changes.append(Self.unsupported(resource))
            }
        }
        return changes
    }

    /// Source: the words by public reports of what-if results.
    private static func unsupported(_ resource: PlannedResource) -> JSON {
        [
            "resourceId": .string(resource.id), "changeType": "Unsupported",
            "unsupportedReason": .string(
                "Changes to the resource declared at '\(resource.name)' cannot be analyzed because its resource ID or API "
                    + "version cannot be calculated until the deployment is under way. Please see "
                    + "https://aka.ms/WhatIfUnidentifiableResource for more information."
            ),
        ]
    }

    private func change(of resource: PlannedResource, in plan: DeploymentPlan) -> JSON {
        let after = self.described(resource, plan.forecast(of: resource))
        let response = self.resources.send(.get, resource.id, resource.apiVersion)
        guard response.status.kind == .successful, let found = try? JSONParser.parse(response.body).value else {
            return self.entry(resource.id, "Create", before: nil, after: after, delta: nil)
        }
        let kept = self.resources.router.cloud.read { state, _ in state.resources[Scope(resource.id)] }
        var before = self.described(resource, found)
        if let kept { before["properties"] = kept.properties }
        if let identity = before["identity"] { before["identity"] = Self.writable(identity) }
        let delta = ResourceDifference(isWhole: kept != nil).changes(from: before, to: after)
        return self.entry(
            resource.id,
            delta.isEmpty ? "NoChange" : "Modify",
            before: before,
            after: delta.isEmpty ? before : after,
            delta: delta
        )
    }

    /// An identity without what only Azure writes in it: the ids of principals and of the tenant.
    private static func writable(_ identity: JSON) -> JSON {
        var written: JSON = ["type": identity["type"] ?? .null]
        if let assigned = identity["userAssignedIdentities"]?.object {
            written["userAssignedIdentities"] = .object(assigned.map { JSON.Member($0.name, [:]) })
        }
        return written
    }

    private func entry(_ id: String, _ kind: String, before: JSON?, after: JSON?, delta: [JSON]?) -> JSON {
        var entry: JSON = ["resourceId": .string(id), "changeType": .string(kind)]
        guard !self.idsOnly else { return entry }
        if let before { entry["before"] = before }
        if let after { entry["after"] = after }
        if let delta { entry["delta"] = .array(delta) }
        return entry
    }

    /// A resource with what names it, and without what its provider writes for itself.
    private func described(_ resource: PlannedResource, _ content: JSON) -> JSON {
        let name = resource.id.split(separator: "/").last.map(String.init) ?? resource.name
        var json: JSON = [
            "apiVersion": .string(resource.apiVersion), "id": .string(resource.id), "name": .string(name),
            "type": .string(resource.writeType),
        ]
        for member in content.object ?? [] where json[member.name] == nil && !Self.own.contains(member.name) {
            json[member.name] = member.value
        }
        return json
    }

    private static let own: Set<String> = ["etag", "systemData"]

    private func ignored(in places: Set<DeploymentPlace>, but seen: Set<Scope>) -> [JSON] {
        let (state, now) = self.resources.router.cloud.read { state, now in (state, now) }
        let scopes = places.filter { $0.groupName != nil }.map { Scope($0.id) }
        let listed = self.intake.providers.flatMap { $0.resources(in: state) }.filter { resource in
            scopes.contains { $0.contains(resource.id) } && !seen.contains(resource.id)
                && state.access.permits(
                    self.resources.caller.objectID,
                    action: "\(resource.type)/read",
                    at: resource.id,
                    now: now
                )
        }
        return listed.sorted { $0.id.path < $1.id.path }.map { resource in
            self.entry(resource.id.path, "Ignore", before: resource.json, after: resource.json, delta: nil)
        }
    }
}
