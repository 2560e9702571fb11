import EmulatorRuntime
import Foundation
import HTTPTypes

/// `PATCH …/service/NAME`: tags and identities.
///
/// Source: `ApiManagementServiceUpdateParameters`. Azure may take minutes for a change of identity; here it is done
/// at once, with 200.
struct InstanceUpdate {
    let call: ManagementCall

    func response() throws -> EmulatedResponse {
        let body = try self.call.body()
        guard body.object != nil else { throw ManagementError.invalidContent("an object is expected") }
        let id = try self.call.cloud.change { state, now in
            var instance = try self.call.instance(for: "Microsoft.ApiManagement/service/write", in: state, now: now)
            if state.runningOperation(of: instance.id) != nil { throw ManagementError.serviceLocked(instance.name) }
            try self.apply(body, to: &instance, in: state)
            instance.revision += 1
            instance.changedAt = now
            return ([.instance(instance)], instance.id)
        }
        return self.call.cloud.read { state, _ in
            state.instances[id].map { .json(InstanceView(state: state).json($0)) } ?? .json([:], status: .notFound)
        }
    }

    /// Puts the tags, identities and properties of a body in place.
    func apply(
        _ body: JSON,
        to instance: inout ApiManagementInstance,
        in state: CloudState
    ) throws(ManagementError) {
        if let tags = body["tags"] { instance.tags = try self.tags(tags) }
        if let identity = body["identity"], !identity.isNull { try self.update(&instance, to: identity, in: state) }
        if let sent = body["properties"], sent.object == nil { throw .invalidParameters("properties") }
        for name in ["publisherEmail", "publisherName", "notificationSenderEmail"] {
            guard let value = body["properties"]?[name], !value.isNull else { continue }
            guard value.string != nil else { throw .invalidParameters(name) }
            instance.properties[name] = value
        }
    }

    private func tags(_ tags: JSON) throws(ManagementError) -> [String: String] {
        if tags.isNull { return [:] }
        var result: [String: String] = [:]
        for member in tags.object ?? [] {
            guard let value = member.value.string else { throw .invalidParameters("tags") }
            result[member.name] = value
        }
        guard tags.object != nil else { throw .invalidParameters("tags") }
        return result
    }

    private func update(
        _ instance: inout ApiManagementInstance,
        to identity: JSON,
        in state: CloudState
    ) throws(ManagementError) {
        guard let type = identity["type"]?.string else { throw .invalidParameters("identity.type") }
        let kinds = type.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        guard kinds.allSatisfy({ ["none", "systemassigned", "userassigned"].contains($0) }) else {
            throw .invalidParameters("identity.type")
        }
        if kinds.contains("systemassigned") {
            instance.identity.systemPrincipalID =
                instance.identity.systemPrincipalID ?? DerivedID.guid("system/\(instance.id.path.lowercased())")
        } else {
            instance.identity.systemPrincipalID = nil
        }
        guard kinds.contains("userassigned") else {
            instance.identity.userAssigned = []
            return
        }
        for member in identity["userAssignedIdentities"]?.object ?? [] {
            let id = Scope(member.name)
            instance.identity.userAssigned.removeAll { $0 == id }
            if member.value.isNull { continue }
            guard state.userAssignedIdentity(id) != nil else {
                throw .invalidParameters("identity.userAssignedIdentities")
            }
            instance.identity.userAssigned.append(id)
        }
    }
}
