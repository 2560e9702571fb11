package import AzureClient
package import BackupDomain
package import FoundationEssentials
package import HTTPTypes

/// Sends what channels have to say by HTTP, with bounds: repeated within two minutes, answers cut, redirections refused.
package struct NoticePoster: Sendable {
    private let repeating: RepeatingTransport
    private let program: String
    let clock: any WallClock

    /// Creates a poster.
    ///
    /// - Parameters:
    ///   - transport: What carries the calls.
    ///   - clock: What waits between attempts.
    ///   - random: Where jitter comes from.
    ///   - program: The program and its version, for `User-Agent`.
    package init(transport: any HTTPTransport, clock: any WallClock, random: RandomSource, program: String) {
        self.repeating = RepeatingTransport(base: transport, rules: .notices, clock: clock, random: random)
        self.program = program
        self.clock = clock
    }

    /// Posts to a URL.
    ///
    /// A lost answer is repeated as well: to be told twice is better than not at all.
    ///
    /// - Parameters:
    ///   - body: The bytes.
    ///   - url: Where to.
    ///   - fields: Header fields, with the content's type.
    ///   - channel: The channel's name, for errors.
    /// - Returns: The answer, a success.
    /// - Throws: ``BackupDomain/BackupError`` with code `noticeNotDelivered`, or why no answer came.
    @discardableResult
    package func post(
        _ body: Data,
        to url: SecretURL,
        fields: HTTPFields,
        channel: String
    ) async throws -> HTTPExchangeResponse {
        var request = HTTPExchangeRequest(
            method: .post,
            url: url.reveal(),
            fields: fields,
            body: body,
            capInBytes: 1 << 16,
            deadline: .seconds(20)
        )
        request.fields[.userAgent] = self.program.replacing(" ", with: "/")
        let answer: HTTPExchangeResponse
        do {
            answer = try await self.repeating.call(.idempotent) { try await $0.send(request) }.response
        } catch let failure as TransportFailure {
            throw BackupError(
                .noticeNotDelivered,
                "The channel '\(channel)' did not take a notice: \(failure.error.message)",
                remedy: failure.error.remedy
            )
        }
        guard answer.isSuccess else { throw Self.refusal(answer, url, channel) }
        return answer
    }

    private static func refusal(_ answer: HTTPExchangeResponse, _ url: SecretURL, _ channel: String) -> BackupError {
        if (300..<400).contains(answer.status) {
            return BackupError(
                .noticeNotDelivered,
                "The channel '\(channel)' at \(url.origin) answers \(answer.status), a redirection, which is not followed.",
                remedy: "Give the URL that it leads to."
            )
        }
        return BackupError(
            .noticeNotDelivered,
            "The channel '\(channel)' at \(url.origin) answered \(answer.status)\(Self.excerpt(answer.body, url)).",
            remedy: [401, 403, 404, 410].contains(answer.status)
                ? "Its URL is not, or no longer, that of a webhook: make a new one, and put it where the settings say."
                : nil
        )
    }

    /// The beginning of an answer on one line, without anything that is secret in the URL.
    private static func excerpt(_ body: Data, _ url: SecretURL) -> String {
        var text = String(decoding: body.prefix(2000), as: UTF8.self)
        for secret in url.secrets { text = text.replacing(secret, with: "***") }
        let line = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
            .filter { $0.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 } }
        return line.isEmpty ? "" : ": \(Redaction.redact(String(line.prefix(200))))"
    }
}
