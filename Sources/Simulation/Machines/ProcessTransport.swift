import AzureClient
import BackupDomain
import FoundationEssentials
import HTTPTypes

/// The network as one process has it: the seam under the shipped client.
struct ProcessTransport: HTTPTransport {
    let process: SimulatedProcess
    let azure: SimulatedAzure
    let network: SimulatedNetwork
    let story: Story

    func send(_ request: HTTPExchangeRequest) async throws -> HTTPExchangeResponse {
        try self.process.requireAlive()
        let call = SimulatedCall(request, process: self.process.number)
        let fate = self.network.fate(of: call, at: self.azure.now)
        let crash = call.isStep ? self.process.countStep() : nil
        if crash == .before { try self.crash("before", call) }
        do {
            try await self.process.executor.sleep(milliseconds: fate.there)
        } catch {
            // Whoever is cancelled does not know whether the call had left already.
            if fate.there % 2 == 0, !self.azure.isStorageAway { _ = self.azure.answer(call) }
            throw error
        }
        try self.process.requireAlive()
        if let fault = fate.fault { self.note(fault, fate, call) }
        try self.requireStorage(call)
        let answer = try await self.deliver(call, fate)
        if crash == .after { try self.crash("after", call) }
        if fate.back > 0 { try await self.wait(fate.back, call) }
        return answer
    }

    /// Lets the call take effect as its fate wants it.
    private func deliver(_ call: SimulatedCall, _ fate: SimulatedNetwork.Fate) async throws -> HTTPExchangeResponse {
        switch fate.fault {
        case .refusedConnection:
            throw TransportFailure(BackupError(.unreachable, "The connection was refused."), mayHaveArrived: false)
        case .outage:
            let isKnown = fate.there % 2 == 0
            if !isKnown { try await self.sleep(call.request.deadline) }
            throw TransportFailure(BackupError(.unreachable, "Nothing answers."), mayHaveArrived: !isKnown)
        case .lostRequest:
            throw TransportFailure(BackupError(.unreachable, "The connection broke."), mayHaveArrived: true)
        case .lostAnswer:
            _ = self.azure.answer(call)
            throw TransportFailure(BackupError(.unreachable, "The connection broke."), mayHaveArrived: true)
        case .lateRequest:
            let at = self.azure.now + fate.back
            self.azure.with { $0.arrive(call, at: at) }
            try await self.sleep(call.request.deadline)
            throw TransportFailure(BackupError(.timedOut, "No whole answer came in time."), mayHaveArrived: true)
        case .duplicate:
            let first = self.azure.answer(call)
            // A POST that is done at once would be done twice, and no client can help it: nothing says that it was.
            if call.beginsOperation, first.status == 200 { return first }
            let second = self.azure.answer(call)
            return call.beginsOperation || fate.there % 2 == 0 ? first : second
        case .throttling, .serverErrors, .rejectedToken, .errorAfterEffect:
            guard let status = fate.refusal else { return self.azure.answer(call) }
            if fate.fault == .errorAfterEffect { _ = self.azure.answer(call) }
            return self.refusal(status, fate)
        default: return self.azure.answer(call)
        }
    }

    /// An account that is away does not even refuse.
    private func requireStorage(_ call: SimulatedCall) throws {
        guard call.service == .storage, self.azure.isStorageAway else { return }
        throw TransportFailure(BackupError(.unreachable, "The account is away."), mayHaveArrived: true)
    }

    private func refusal(_ status: Int, _ fate: SimulatedNetwork.Fate) -> HTTPExchangeResponse {
        let date = self.azure.with { $0.date }
        var answer = HTTPExchangeResponse.managementError(status, "Simulated\(status)", date: date)
        if let seconds = fate.retryAfter { answer.fields[.retryAfter] = "\(seconds)" }
        return answer
    }

    /// Waits for the answer, no longer than the caller would.
    private func wait(_ milliseconds: Int64, _ call: SimulatedCall) async throws {
        let deadline = call.request.deadline
        guard Duration.milliseconds(milliseconds) > deadline else {
            return try await self.sleep(.milliseconds(milliseconds))
        }
        try await self.sleep(deadline)
        throw TransportFailure(BackupError(.timedOut, "No whole answer came in time."), mayHaveArrived: true)
    }

    private func sleep(_ duration: Duration) async throws { try await self.process.sleep(for: duration) }

    private func crash(_ moment: String, _ call: SimulatedCall) throws {
        self.story.note(self.azure.now, 666, "process \(self.process.number) dies \(moment) \(call.route)")
        self.process.die()
        throw CancellationError()
    }

    private func note(_ fault: FaultKind, _ fate: SimulatedNetwork.Fate, _ call: SimulatedCall) {
        let now = self.azure.now
        if call.service != .management { self.azure.with { $0.oracle.lastStorageFault = now } }
        let status = fate.refusal.map { " \($0)" } ?? ""
        self.story.note(
            now,
            Int64(fault.rawValue),
            "process \(self.process.number) \(call.request.method) \(call.route): \(fault.name)\(status)"
        )
    }
}
