import AzureClient
package import BackupDomain
import FoundationEssentials
import HTTPTypes
import Synchronization

/// Takes down what is said to Azure and answered, redacted before anything else sees it.
///
/// Keeps the newest 20,000 exchanges at the most; a day and a half at Azure's pace has less.
package final class ExchangeRecorder: Sendable {
    private struct State {
        var step = "preparation"
        var sent = 0
        var exchanges: [Exchange] = []
    }

    private static let most = 20_000
    private let state = Mutex(State())
    private let pseudonyms = Pseudonyms()
    private let clock: any WallClock
    private let write: @Sendable (Exchange) -> Void

    /// Creates a recorder.
    ///
    /// - Parameters:
    ///   - clock: The time.
    ///   - write: Told of each exchange as soon as it has ended.
    package init(clock: any WallClock, write: @escaping @Sendable (Exchange) -> Void) {
        self.clock = clock
        self.write = write
    }

    /// What was taken down so far, in the order in which it was sent.
    package var exchanges: [Exchange] {
        self.state.withLock { $0.exchanges.sorted { $0.number < $1.number } }
    }

    /// Names the step that the following exchanges belong to.
    ///
    /// - Parameter step: The step.
    package func begin(_ step: String) { self.state.withLock { $0.step = step } }

    /// Sends a request and takes it down with its answer.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - transport: What carries it.
    /// - Returns: The answer.
    /// - Throws: What the transport throws.
    func send(
        _ request: HTTPExchangeRequest,
        over transport: any HTTPTransport
    ) async throws -> HTTPExchangeResponse {
        var exchange = self.taken(request)
        let began = self.clock.uptime
        do {
            let response = try await transport.send(request)
            exchange.status = response.status
            exchange.received = RedactedFields(pseudonyms: self.pseudonyms).redact(response.fields)
            let isBlob =
                request.method != .put && exchange.parameter("comp") == nil && exchange.parameter("restype") == nil
                && response.isSuccess
            exchange.receivedBody = RedactedBody(pseudonyms: self.pseudonyms)
                .received(response.body, from: exchange.service, isBlob: isBlob)
            self.keep(&exchange, since: began)
            return response
        } catch {
            let failure = error as? TransportFailure
            exchange.failure = failure.map { "\($0.error.code)" } ?? "cancelled"
            self.keep(&exchange, since: began)
            throw error
        }
    }

    private func taken(_ request: HTTPExchangeRequest) -> Exchange {
        let service = Self.service(of: request)
        let number = self.state.withLock { state in
            state.sent += 1
            return (state.sent, state.step)
        }
        return Exchange(
            number: number.0,
            step: number.1,
            service: service,
            sentAt: self.clock.now,
            method: request.method.rawValue,
            url: RedactedAddress(pseudonyms: self.pseudonyms).url(request.url, of: service),
            sent: RedactedFields(pseudonyms: self.pseudonyms).redact(request.fields),
            sentBody: RedactedBody(pseudonyms: self.pseudonyms).sent(request.body, to: service)
        )
    }

    private func keep(_ exchange: inout Exchange, since began: Duration) {
        exchange.milliseconds = Int((self.clock.uptime - began) / .milliseconds(1))
        self.state.withLock { state in
            exchange.newestWhenAnswered = state.sent
            state.exchanges.append(exchange)
            if state.exchanges.count > Self.most { state.exchanges.removeFirst() }
        }
        self.write(exchange)
    }

    /// Where a request goes, by what only calls to that service have.
    private static func service(of request: HTTPExchangeRequest) -> AzureService {
        let path = request.url.path().lowercased()
        if request.fields[text: "x-ms-version"] != nil { return .blobStorage }
        if path.hasSuffix("/metadata/endpoints") { return .cloudMetadata }
        if request.method == .post, path.contains("/oauth2/") { return .entra }
        let marks = ["metadata", "x-identity-header", "secret"]
        if marks.contains(where: { request.fields[text: $0] != nil }) { return .identityEndpoint }
        return .resourceManager
    }
}
