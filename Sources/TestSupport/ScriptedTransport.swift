package import AzureClient
import FoundationEssentials
import HTTPTypes
import Synchronization

/// A transport that answers by a script and remembers what it was asked.
package final class ScriptedTransport: HTTPTransport {
    /// Answers the call of that number, counted from 0.
    package typealias Script =
        @Sendable (_ request: HTTPExchangeRequest, _ number: Int) async throws -> HTTPExchangeResponse

    private let script: Script
    private let log = Mutex<[HTTPExchangeRequest]>([])

    /// Creates a transport that asks a closure for each answer.
    ///
    /// - Parameter script: The closure.
    package init(_ script: @escaping Script) { self.script = script }

    /// Creates a transport that gives answers in order, the last one for ever.
    ///
    /// - Parameter answers: The answers, at least one.
    package convenience init(_ answers: [Result<HTTPExchangeResponse, TransportFailure>]) {
        precondition(!answers.isEmpty, "a script needs an answer")
        self.init { _, number in try answers[min(number, answers.count - 1)].get() }
    }

    /// What was asked so far, in order.
    package var requests: [HTTPExchangeRequest] { self.log.withLock(\.self) }

    package func send(_ request: HTTPExchangeRequest) async throws -> HTTPExchangeResponse {
        let number = self.log.withLock { log in
            log.append(request)
            return log.count - 1
        }
        return try await self.script(request, number)
    }
}
