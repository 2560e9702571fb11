import BackupDomain
import Foundation
import Logging
import Observability
import Synchronization
import TestSupport
import Testing

@Suite("Lines of the log")
struct LineLogHandlerTests {
    /// Takes lines.
    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { self.lines.withLock(\.self) }
        private let dropped = Mutex(0)
        /// Drops so many lines before the next one.
        func drop(_ count: Int) { self.dropped.withLock { $0 = count } }
        func write(_ line: String) -> Int {
            self.lines.withLock { $0.append(line) }
            return self.dropped.withLock { dropped in
                defer { dropped = 0 }
                return dropped
            }
        }
    }

    static func logger(_ format: LogFormat, _ lines: Lines, level: Logger.Level = .info) -> Logger {
        Logger(label: "apim-backup") { label in
            LineLogHandler(label: label, format: format, level: level, clock: ManualClock(), write: { lines.write($0) })
        }
    }

    @Test(arguments: [LogFormat.text, .json])
    func `says how many lines were dropped, once somebody reads again`(_ format: LogFormat) {
        let lines = Lines()
        let logger = Self.logger(format, lines)
        lines.drop(7)
        logger.info("run ended")
        logger.info("run begins")
        #expect(lines.all.count == 3)
        #expect(lines.all[1].contains("lines of the log were dropped, since nobody read them"), "\(lines.all)")
        #expect(lines.all[1].contains(format == .json ? "\"lines\":7" : "lines=7"), "\(lines.all)")
    }

    static let error = BackupError(
        .permissionDenied,
        "The identity lacks a right.",
        remedy: "Grant it.",
        azure: AzureFault(status: 403, code: "AuthorizationFailed", message: "no", requestID: "req-1")
    )

    static func write(_ format: LogFormat) -> String {
        let lines = Lines()
        var logger = self.logger(format, lines)
        logger[metadataKey: "replica"] = "a"
        logger.info("Scheduler started", metadata: ["instances": "\(42)", "settings.file": "/etc/apim backup.yaml"])
        logger.debug("Not written")
        let run = RunID(instance: .sample(named: "contoso-apim"), nominalAt: ManualClock().now)
        CallContext.$runID.withValue(run) {
            logger.notice(
                "Run ended",
                metadata: ["run.outcome": "verified", "replica": "b", "bytes": .stringConvertible(7)]
            )
            logger.error("Run ended", error: Self.error, metadata: ["run.outcome": "refused"])
        }
        logger.warning("Two\nlines \u{1B}[31m", metadata: ["list": ["a", "b"], "more": ["deep": "x"], "empty": ""])
        return lines.all.joined()
    }

    @Test(arguments: LogFormat.allCases)
    func `are one each, with the run's id and Azure's request id`(_ format: LogFormat) throws {
        let text = Self.write(format)
        #expect(text.split(separator: "\n").count == 4)
        try Golden.expect(text, matches: "log-\(format.rawValue)")
    }

    @Test func `as JSON are objects`() throws {
        for line in Self.write(.json).split(separator: "\n") {
            let value = try JSONDecoder.stable().decode(JSONValue.self, from: Data(line.utf8))
            #expect(value["time"]?.string == "2026-11-24T01:00:00Z")
            #expect(value["message"]?.string?.isEmpty == false)
        }
    }

    @Test func `keep the level that is asked for`() {
        let lines = Lines()
        let logger = Self.logger(.text, lines, level: .error)
        logger.warning("no")
        logger.error("yes")
        #expect(lines.all.count == 1)
    }

    /// Secrets as they could come into a line, each with what must not be seen.
    static let planted: [(Logger.Message, Logger.Metadata, String)] = [
        ("Called https://a.example/x?sv=1&sig=c2VjcmV0LXNpZw%3D%3D", [:], "c2VjcmV0"),
        ("Token", ["token": "s3cret-token"], "s3cret"),
        ("Key", ["storage.accountKey": "s3cret-key"], "s3cret"),
        ("Header", ["authorization": "Bearer s3cret-bearer"], "s3cret"),
        ("Deep", ["settings": ["credential": ["clientSecret": "s3cret-deep"]]], "s3cret"),
        ("In a list", ["arguments": ["--verbose", "password=s3cret-argument"]], "s3cret"),
        ("JWT eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLXMzY3JldA", [:], "c2lnbmF0"),
        ("Account", ["text": "DefaultEndpointsProtocol=https;AccountKey=s3cretAccountKey==;x"], "s3cretAccountKey"),
        ("Mail", ["to": "ops.person@contoso.com"], "ops.person"),
    ]

    @Test(arguments: LogFormat.allCases)
    func `show no secret, wherever it is planted`(_ format: LogFormat) {
        for (message, metadata, secret) in Self.planted {
            let lines = Lines()
            Self.logger(format, lines).error(message, metadata: metadata)
            #expect(lines.all.count == 1)
            #expect(!lines.all.joined().contains(secret), "\(lines.all)")
        }
        let lines = Lines()
        let error = BackupError(.azureError, "It said sig=s3cret-in-error.", remedy: "Use key=s3cret-in-remedy")
        Self.logger(format, lines).error("Failed", error: error)
        #expect(!lines.all.joined().contains("s3cret"), "\(lines.all)")
    }
}
