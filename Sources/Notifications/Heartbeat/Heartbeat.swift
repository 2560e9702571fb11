package import BackupDomain
import FoundationEssentials
import HTTPTypes

/// A sign of life to a monitor that raises the alarm when it stays away: for the day when this program is gone.
///
/// The monitor is told when runs begin, and whether all of them ended verified.
///
/// Source: <https://healthchecks.io/docs/http_api/>
package struct Heartbeat: Sendable {
    /// What the monitor is told.
    package enum Signal: String, Sendable, CaseIterable {
        /// Runs have begun.
        case start
        /// All of them ended verified.
        case success
        /// One of them did not.
        case fail
        /// Nothing has happened: somebody tries whether the monitor hears.
        case log
    }

    /// The name under which it shows up beside the channels.
    package static let name = "heartbeat"
    /// How much of the log the monitor is given; it keeps 100,000 bytes.
    private static let mostBytes = 10_000

    private let url: SecretURL
    private let poster: NoticePoster

    /// Creates a heartbeat.
    ///
    /// - Parameters:
    ///   - url: The check's ping URL.
    ///   - poster: What posts.
    package init(url: SecretURL, poster: NoticePoster) {
        self.url = url
        self.poster = poster
    }

    /// Gives a sign of life.
    ///
    /// - Parameters:
    ///   - signal: What is told.
    ///   - run: What pairs a beginning with its end; nil where nothing is to be paired.
    ///   - log: The newest lines of the log; the last 10,000 bytes are sent, without secrets.
    /// - Throws: ``BackupDomain/BackupError``
    package func send(_ signal: Signal, run: RunID?, log: [String]) async throws {
        let text = Redaction.redact(log.joined(separator: "\n"))
        try await self.poster.post(
            Data(String(decoding: text.utf8.suffix(Self.mostBytes), as: UTF8.self).utf8),
            to: self.url.signalling(signal, run: run),
            fields: [.contentType: "text/plain; charset=utf-8"],
            channel: Self.name
        )
    }
}

extension SecretURL {
    /// The URL of one signal: the ping URL itself for success, else with the signal's name at the end of its path.
    fileprivate func signalling(_ signal: Heartbeat.Signal, run: RunID?) throws(BackupError) -> SecretURL {
        let url = self.reveal()
        guard var parts = URLComponents(url: url, resolvingAgainstBaseURL: false) else {
            throw BackupError(.invalidInput, "The URL of the heartbeat cannot be extended.")
        }
        while parts.percentEncodedPath.hasSuffix("/") { parts.percentEncodedPath.removeLast() }
        if signal != .success { parts.percentEncodedPath += "/\(signal.rawValue)" }
        if let run { parts.queryItems = (parts.queryItems ?? []) + [URLQueryItem(name: "rid", value: run.text)] }
        return try SecretURL(parts.string ?? "", for: "the heartbeat")
    }
}
