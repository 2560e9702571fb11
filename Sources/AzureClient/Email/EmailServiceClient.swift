package import BackupDomain
package import FoundationEssentials
import HTTPTypes

/// The e-mail of Azure Communication Services by its REST interface, with the caller's identity.
///
/// Source: <https://learn.microsoft.com/rest/api/communication/email/email/send>
package struct EmailServiceClient: Sendable {
    /// The oldest api-version that is not a preview.
    package static let apiVersion = "2023-03-31"
    /// What tokens are made for; the slash at the end belongs to it.
    ///
    /// Source: what the package azure-communication-email asks a credential for.
    package static let audience = "https://communication.azure.com/"
    /// How long a mail that was accepted is followed.
    private static let patience = Duration.seconds(60)
    /// The longest pause between two looks.
    private static let longestPause = Duration.seconds(30)

    /// How the service says that a mail stands.
    private enum Standing {
        case underWay
        case sent
        case failed(AzureErrorBody)
    }

    private let caller: AzureCaller
    private let clock: any WallClock

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - endpoint: The resource's endpoint, such as `https://contoso.europe.communication.azure.com`.
    ///   - tokens: Where tokens come from.
    ///   - transport: What carries the calls.
    ///   - clock: The present, and what waits.
    ///   - random: Where jitter comes from.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where a token must not go to the endpoint.
    package init(
        endpoint: URL,
        tokens: TokenCache,
        transport: any HTTPTransport,
        clock: any WallClock,
        random: RandomSource
    ) throws(BackupError) {
        guard let origin = Origin(endpoint) else {
            throw BackupError(.invalidInput, "The e-mail endpoint is no http or https URL.")
        }
        try origin.requireConfidential("The e-mail endpoint")
        self.caller = AzureCaller(
            repeating: RepeatingTransport(base: transport, clock: clock, random: random),
            tokens: tokens,
            audience: Self.audience,
            origin: origin
        )
        self.clock = clock
    }

    /// Sends a mail, and follows it for a minute.
    ///
    /// A mail that is still on its way then counts as sent: the service has it.
    ///
    /// - Parameters:
    ///   - message: The mail.
    ///   - operation: A UUID that is the same when the same mail is sent again.
    /// - Throws: ``BackupDomain/BackupError``
    package func send(_ message: EmailMessage, operation: String) async throws {
        let url = try self.caller.origin.url("/emails:send?api-version=\(Self.apiVersion)")
        var request = HTTPExchangeRequest(method: .post, url: url, capInBytes: 1 << 18)
        request.fields[.contentType] = "application/json"
        request.fields[.accept] = "application/json"
        request.fields[text: "Operation-Id"] = operation
        request.body = try JSONEncoder.stable().encode(message)
        // The operation's id makes a repetition harmless.
        var answer = try await self.call(request)
        guard answer.status == 202 else { throw self.refusal(answer, "sending a mail") }
        let end = self.clock.uptime + Self.patience
        while case .underWay = try self.standing(of: answer), self.clock.uptime < end {
            let pause = answer.response.retryAfter ?? .seconds(5)
            try await self.clock.sleep(for: min(max(pause, .seconds(1)), Self.longestPause))
            let location = "/emails/operations/\(operation.percentEncoded())?api-version=\(Self.apiVersion)"
            answer = try await self.call(
                HTTPExchangeRequest(url: self.caller.origin.url(location), capInBytes: 1 << 18)
            )
            guard answer.response.isSuccess else { throw self.refusal(answer, "following a mail") }
        }
        if case .failed(let body) = try self.standing(of: answer) {
            throw BackupError(
                .noticeNotDelivered,
                "The e-mail service took the mail and could not send it.",
                azure: answer.fault(body)
            )
        }
    }

    private func call(_ request: HTTPExchangeRequest) async throws -> AzureAnswer {
        do {
            return try await self.caller.call(request)
        } catch let failure as TransportFailure {
            throw failure.error
        }
    }

    /// Reads the operation's status; the words are compared without case, and those of no known meaning are waited for.
    private func standing(of answer: AzureAnswer) throws(BackupError) -> Standing {
        let document = try answer.requireDocument()
        return switch document["status"]?.string?.lowercased() {
        case "succeeded": .sent
        case "failed", "canceled", "cancelled": .failed(AzureErrorBody(document))
        case nil: throw answer.malformed("it has no 'status'")
        default: .underWay
        }
    }

    private func refusal(_ answer: AzureAnswer, _ what: String) -> BackupError {
        let body = AzureErrorBody(answer.response.document)
        guard answer.status == 403 else { return answer.refusal(body, what, now: self.clock.now) }
        return Permission.sendMail.denial(
            on: "the Communication Services resource at \(self.caller.origin)",
            scopeID: nil,
            principal: answer.principal,
            azure: answer.fault(body)
        )
    }
}
