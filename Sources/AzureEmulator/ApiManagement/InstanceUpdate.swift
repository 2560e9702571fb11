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
            if let tags = body["tags"] { instance.tags = try self.tags(tags) }
            if let identity = body["identity"] { try self.update(&instance, to: identity, in: state) }
            if let sent = body["properties"], sent.object == nil { throw Self.invalid("properties") }
            for name in ["publisherEmail", "publisherName", "notificationSenderEmail"] {
                guard let value = body["properties"]?[name] else { continue }
                guard value.string != nil else { throw Self.invalid(name) }
                instance.properties[name] = value
            }
            instance.revision += 1
            instance.changedAt = now
            return ([.instance(instance)], instance.id)
        }
        return self.call.cloud.read { state, _ in
            state.instances[id].map { .json(InstanceView(state: state).json($0)) } ?? .json([:], status: .notFound)
        }
    }

    private func tags(_ tags: JSON) throws(ManagementError) -> [String: String] {
        if tags.isNull { return [:] }
        var result: [String: String] = [:]
        for member in tags.object ?? [] {
            guard let value = member.value.string else { throw Self.invalid("tags") }
            result[member.name] = value
        }
        guard tags.object != nil else { throw Self.invalid("tags") }
        return result
    }

    private func update(
        _ instance: inout ApiManagementInstance,
        to identity: JSON,
        in state: CloudState
    ) throws(ManagementError) {
        guard let type = identity["type"]?.string else { throw Self.invalid("identity.type") }
        let kinds = type.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        guard kinds.allSatisfy({ ["none", "systemassigned", "userassigned"].contains($0) }) else {
            throw Self.invalid("identity.type")
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
            guard state.userAssignedIdentity(id) != nil else { throw Self.invalid("identity.userAssignedIdentities") }
            instance.identity.userAssigned.append(id)
        }
    }

    private static func invalid(_ parameter: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "InvalidParameters",
            message: "Invalid parameter: \(parameter)",
            isFromProvider: true
        )
    }
}
