import EmulatorRuntime
import Foundation
import HTTPTypes

/// What only the emulator has: its clock, and accounts of what was done.
///
/// Answers whoever reaches the listener.
struct AdminService: EmulatedService {
    let cloud: Cloud
    let ledger: CallLedger
    let key: SigningKey
    let instantScale: Int
    /// Puts the clock forward; nil where it is the machine's own.
    var advanceClock: (@Sendable (TimeInterval) -> Void)?

    func respond(to request: EmulatedRequest) async -> EmulatedResponse {
        if request.method == .post, request.segments == ["clock"] { return self.moveClock(request) }
        if request.method == .post, request.segments == ["_emulator", "backups", "end"] { return self.endBackups() }
        guard request.method == .get else { return EmulatedResponse(status: .methodNotAllowed) }
        switch request.segments {
        case ["clock"]: return .json(self.clock)
        case ["_emulator", "backups"]: return .json(self.backups)
        case ["_emulator", "jobs"]: return .json(self.executions)
        case ["_emulator", "requests"]:
            let last = request.query("last").flatMap(Int.init) ?? .max
            return .json(.array(self.ledger.calls.suffix(max(0, last)).map(\.json)))
        case ["_emulator", "federated-token"]: return self.federatedToken()
        default: return EmulatedResponse(status: .notFound)
        }
    }

    private var clock: JSON {
        ["now": .string(Instant.text(self.cloud.clock.now)), "scale": .number(String(self.instantScale))]
    }

    /// Puts a virtual clock forward, so that a test need not wait for the next night.
    private func moveClock(_ request: EmulatedRequest) -> EmulatedResponse {
        guard let advance = self.advanceClock else {
            return .json(
                ["error": .string("The clock is this machine's own: start with --virtual-clock.")],
                status: .conflict
            )
        }
        let seconds = request.query("advance").flatMap(Int.init) ?? 0
        guard (1...3660 * 86_400).contains(seconds) else {
            return .json(["error": .string("advance takes whole seconds, from 1 on.")], status: .badRequest)
        }
        advance(TimeInterval(seconds))
        self.cloud.wakeBackground()
        return .json(self.clock)
    }

    /// Ends the backups and restores that are under way as if their time had passed, so that a test need neither wait for
    /// them nor be in time.
    private func endBackups() -> EmulatedResponse {
        do {
            try self.cloud.change { state, now in
                let running = state.operations.values.filter { $0.target != nil && $0.outcome == nil }
                let changes = running.map { operation in
                    var operation = operation
                    operation.endsAt = now
                    return CloudChange.operation(operation)
                }
                return (changes, ())
            }
        } catch {
            return .json(["error": .string("The state could not be kept: \(error)")], status: .internalServerError)
        }
        // What has ended is done when somebody looks.
        return .json(self.backups)
    }

    private var backups: JSON {
        self.cloud.read { state, _ in
            let operations = state.operations.values.filter { $0.target != nil }.sorted {
                ($0.acceptedAt, $0.id) < ($1.acceptedAt, $1.id)
            }
            return .array(
                operations.map { operation in
                    let target = operation.target
                    let (outcome, error): (String, JSON) =
                        switch operation.outcome {
                        case nil: ("running", nil)
                        case .succeeded?: ("succeeded", nil)
                        case .failed(let failure)?:
                            ("failed", ["code": .string(failure.code), "message": .string(failure.message)])
                        }
                    return [
                        "kind": .string(operation.kind.rawValue.lowercased()),
                        "instance": .string(operation.instance.path), "account": .optional(target?.account),
                        "container": .optional(target?.container), "blob": .optional(target?.blob),
                        "acceptedAt": .string(Instant.text(operation.acceptedAt)),
                        "endedAt": operation.outcome == nil ? nil : .string(Instant.text(operation.endsAt)),
                        "outcome": .string(outcome), "error": error,
                        "clientRequestId": .optional(operation.clientRequestID),
                        "principal": .string(operation.callerID), "operation": .string(operation.id),
                    ]
                }
            )
        }
    }

    /// The executions of jobs, the oldest first, with what their containers wrote.
    private var executions: JSON {
        self.cloud.read { state, _ in
            let all = state.executions.values.sorted { ($0.startedAt, $0.name) < ($1.startedAt, $1.name) }
            return .array(all.map(\.account))
        }
    }

    /// A token of the emulator's own issuer, for the first application that trusts it: what a workload's token file
    /// holds.
    private func federatedToken() -> EmulatedResponse {
        let (world, now) = self.cloud.read { state, now in (state.world, now) }
        let credential = world.servicePrincipals.lazy.flatMap(\.federatedCredentials).first { $0.publicKey == nil }
        guard let credential else { return EmulatedResponse(status: .notFound) }
        let start = Int(now.timeIntervalSince1970)
        let token = try? self.key.sign([
            "iss": .string(credential.issuer), "sub": .string(credential.subject), "aud": .string(credential.audience),
            "iat": .number(String(start)), "nbf": .number(String(start - 60)), "exp": .number(String(start + 3600)),
        ])
        return EmulatedResponse(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: Data((token ?? "").utf8)
        )
    }
}
