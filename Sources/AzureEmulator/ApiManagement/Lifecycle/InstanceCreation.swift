import EmulatorRuntime
import Foundation
import HTTPTypes

/// `PUT …/service/NAME`: changes an instance, creates one, or brings back a deleted one.
///
/// Source: `ApiManagementService_CreateOrUpdate` of the specification, "API Management soft-delete", and recorded
/// sessions of a creation (status, headers, states). A change of the tier is not emulated: `sku` counts when an instance is
/// made.
struct InstanceCreation {
    let call: ManagementCall

    /// Source: the groups that every new instance has.
    private static let emptyConfiguration: ContentNode = {
        var contents = ContentNode(name: "")
        for group in ["Administrators", "Developers", "Guests"] {
            let properties: JSON = ["displayName": .string(group), "builtIn": true, "type": "system"]
            contents.add(ContentNode(name: group.lowercased(), properties: properties), to: "groups")
        }
        return contents
    }()

    private struct Accepted: Sendable {
        var operation: ServiceOperation
        var retryAfter: String
    }

    func response() throws -> EmulatedResponse {
        let body = try self.call.body()
        guard body.object != nil else { throw ManagementError.invalidContent("an object is expected") }
        let number = self.call.operationNumber()
        let accepted = try self.call.cloud.change { state, now in
            let scope = try self.scope(in: state, now: now)
            if state.instances[scope] != nil { return ([], nil as Accepted?) }
            let (kind, instance) = try self.instance(scope, body: body, in: state, now: now)
            let operation = self.call.operation(
                kind,
                on: instance,
                number: number,
                seconds: state.world.timings.activationSeconds,
                now: now
            )
            let accepted = Accepted(operation: operation, retryAfter: self.call.retryAfter(in: state))
            return ([.instanceRecovered(instance), .operation(operation)], accepted)
        }
        guard let accepted else { return try InstanceUpdate(call: self.call).response() }
        let location = self.call.location(of: accepted.operation, below: accepted.operation.instance) + "&asyncResponse"
        return self.call.cloud.read { state, _ in
            let view = state.instances[accepted.operation.instance].map { InstanceView(state: state).json($0) }
            return .json(
                view ?? [:],
                status: .created,
                headers: [
                    .asyncOperation: location, .location: location, .retryAfter: accepted.retryAfter,
                ]
            )
        }
    }

    private func scope(in state: CloudState, now: Date) throws(ManagementError) -> Scope {
        guard let scope = self.call.path.resourceScope, let group = scope.groupName else {
            throw .unknownNamespace(self.call.path.namespace ?? "")
        }
        try self.call.require("Microsoft.ApiManagement/service/write", at: scope, in: state, now: now)
        guard state.resourceGroups[self.call.path.scope] != nil else {
            throw .groupNotFound(group)
        }
        return scope
    }

    private func instance(
        _ scope: Scope,
        body: JSON,
        in state: CloudState,
        now: Date
    ) throws(ManagementError) -> (ServiceOperation.Kind, ApiManagementInstance) {
        let name = self.call.path.rest[1]
        guard let location = body["location"]?.string, !location.isEmpty else { throw .locationRequired() }
        // A name is taken in all of Azure.
        let namesake = { (other: String) in other.caseInsensitiveCompare(name) == .orderedSame }
        let deleted = state.deletedInstances.values.first { namesake($0.instance.name) }
        if body["properties"]?["restore"]?.bool == true {
            guard let deleted, deleted.instance.id == scope else { throw .undeleteNotPossible() }
            return (.recovery, try self.recovered(deleted, in: state, now: now))
        }
        if deleted != nil { throw .softDeleted(name) }
        if state.instances.values.contains(where: { namesake($0.name) }) { throw .alreadyExists(name) }
        return (.creation, try self.created(scope, location: location, body: body, in: state, now: now))
    }

    private func recovered(
        _ deleted: DeletedInstance,
        in state: CloudState,
        now: Date
    ) throws(ManagementError) -> ApiManagementInstance {
        if state.runningOperation(of: deleted.instance.id) != nil { throw .serviceLocked(deleted.instance.name) }
        let seconds = state.world.timings.recoverableAfterSeconds
        let wait = seconds == 0 ? .zero : self.call.cloud.clock.scaled(.seconds(seconds))
        // That a recovery may be refused for about a minute is told in azure-rest-api-specs#25262; with which code is not
        // known.
        guard deleted.deletedAt.addingTimeInterval(Double(wait.components.seconds)) <= now else {
            throw .undeleteNotPossible()
        }
        return deleted.instance
    }

    private func created(
        _ scope: Scope,
        location: String,
        body: JSON,
        in state: CloudState,
        now: Date
    ) throws(ManagementError) -> ApiManagementInstance {
        guard self.call.path.rest[1].wholeMatch(of: /[A-Za-z](?:[A-Za-z0-9-]{0,48}[A-Za-z0-9])?/) != nil else {
            throw .invalidParameters("serviceName")
        }
        guard let tier = body["sku"]?["name"]?.string.flatMap(Tier.init(rawValue:)) else {
            throw .invalidParameters("sku.name")
        }
        for required in ["publisherEmail", "publisherName"] {
            guard body["properties"]?[required]?.string?.isEmpty == false else { throw .invalidParameters(required) }
        }
        var instance = ApiManagementInstance(
            id: scope,
            name: self.call.path.rest[1],
            location: RegionName.display(location),
            tier: tier,
            capacity: body["sku"]?["capacity"]?.integer ?? (tier == .consumption ? 0 : 1),
            tags: [:],
            identity: ManagedIdentities(),
            state: "Succeeded",
            createdAt: now,
            changedAt: now,
            revision: 1,
            properties: [:],
            configuration: .written(Self.emptyConfiguration),
            behaviour: InstanceBehaviour()
        )
        try InstanceUpdate(call: self.call).apply(body, to: &instance, in: state, now: now)
        return instance
    }
}

extension ManagementError {
    static func locationRequired() -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "LocationRequired",
            message: "The location property is required for this definition."
        )
    }

    /// Source: code and words as deployments print them in public issue reports (terraform-provider-azurerm#11061); the
    /// status is not known.
    static func softDeleted(_ name: String) -> ManagementError {
        ManagementError(
            status: .conflict,
            code: "ServiceAlreadyExistsInSoftDeletedState",
            message:
                "Api service \(name) was soft-deleted. In order to create the new service with the same name, you have to "
                + "either undelete the service or purge it. See https://aka.ms/apimsoftdelete.",
            isFromProvider: true
        )
    }

    /// Azure's code and words for a name that another instance has are not known.
    static func alreadyExists(_ name: String) -> ManagementError {
        ManagementError(
            status: .conflict,
            code: "ServiceAlreadyExists",
            message: "Api service already exists: \(name)",
            isFromProvider: true
        )
    }

    /// Source: status, code and words as users report them where nothing can be recovered.
    static func undeleteNotPossible() -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "ServiceUndeleteNotPossible",
            message: "Unable to undelete service",
            isFromProvider: true
        )
    }
}
