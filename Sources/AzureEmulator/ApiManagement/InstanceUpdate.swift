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
            try self.apply(body, to: &instance, in: state, now: now)
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
        in state: CloudState,
        now: Date
    ) throws(ManagementError) {
        if let tags = body["tags"] { instance.tags = try .read(tags, or: .invalidParameters("tags")) }
        if let identity = body["identity"], !identity.isNull {
            let principal = DerivedID.guid("system/\(instance.id.path.lowercased())")
            instance.identity = try IdentityRequest(
                call: self.call,
                state: state,
                now: now,
                makePrincipal: { principal },
                refusal: { .invalidParameters($0) }
            ).identities(
                identity,
                over: instance.identity,
                replaces: false,
                of: instance.id,
                action: "Microsoft.ApiManagement/service/write"
            )
        }
        if let sent = body["properties"], sent.object == nil { throw .invalidParameters("properties") }
        for name in ["publisherEmail", "publisherName", "notificationSenderEmail"] {
            guard let value = body["properties"]?[name], !value.isNull else { continue }
            guard value.string != nil else { throw .invalidParameters(name) }
            instance.properties[name] = value
        }
    }
}
