import EmulatorRuntime
import Foundation
import HTTPTypes

/// One part of Azure as its callers meet it: faults happen first, then the service answers, and the call is noted.
struct ServedHost: Sendable {
    /// What became of a call.
    struct Outcome: Sendable {
        /// The answer; nil where the connection ends without one.
        var response: EmulatedResponse?
        /// How much of the body is sent before the connection ends; nil for all of it.
        var limit: Int?
    }

    let host: HostKind
    /// The service; nil before all listeners know their ports.
    let service: @Sendable () -> (any EmulatedService)?
    let faults: FaultPlan
    let ledger: CallLedger
    let sources: EmulatorSources
    /// The clock of the emulated Azure, whose time goes out as `Date`.
    let clock: any EmulatorClock

    /// Answers a call.
    ///
    /// - Parameters:
    ///   - call: The call.
    ///   - refusal: The answer to a request whose form is wrong already.
    /// - Returns: What became of it.
    /// - Throws: `CancellationError` where the emulator ends while a fault makes the call wait.
    func answer(_ call: EmulatedRequest, refusal: EmulatedResponse? = nil) async throws -> Outcome {
        let effect = self.faults.effect(on: call, host: self.host)
        if let effect, effect.delaySeconds > 0 { try await self.sources.pause(.seconds(effect.delaySeconds)) }
        if effect?.dropConnection == true {
            self.note(call, status: 0, caller: nil)
            return Outcome()
        }
        var response: EmulatedResponse
        if let refusal {
            response = refusal
        } else if let effect, let status = effect.status {
            response = FaultAnswer.response(effect, status: status, host: self.host)
        } else {
            response = await self.service()?.respond(to: call) ?? EmulatedResponse(status: .notFound)
        }
        if let effect { FaultAnswer.apply(effect, to: &response) }
        let caller = response.headers[.emulatedCaller]
        response.headers[.emulatedCaller] = nil
        self.note(call, status: effect?.loseAnswer == true ? 0 : response.status.code, caller: caller)
        if let effect, effect.answerDelaySeconds > 0 {
            try await self.sources.pause(.seconds(effect.answerDelaySeconds))
        }
        if effect?.loseAnswer == true { return Outcome() }
        response.headers[.date] = Instant.http(self.clock.now)
        return Outcome(response: response, limit: effect?.truncateBody)
    }

    private func note(_ call: EmulatedRequest, status: Int, caller: String?) {
        let query = call.rawQuery.split(separator: "&").map { item in
            item.lowercased().hasPrefix("sig=") ? "sig=…" : String(item)
        }.joined(separator: "&")
        self.ledger.note(
            RecordedCall(
                at: self.clock.now,
                host: self.host,
                method: call.method.rawValue,
                path: query.isEmpty ? call.rawPath : "\(call.rawPath)?\(query)",
                status: status,
                caller: caller,
                clientRequestID: call.headers[.clientRequestID],
                userAgent: call.headers[.userAgent]
            )
        )
    }
}
