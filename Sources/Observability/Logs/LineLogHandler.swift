package import BackupDomain
import FoundationEssentials
package import Logging

/// Writes one line an event, with the metadata of handler, provider and event, the run's id among it.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: LogFormat
    private let clock: any WallClock
    private let write: @Sendable (String) -> Int

    /// The provider of the id of the run that is being worked on.
    package static let runProvider = Logger.MetadataProvider {
        CallContext.runID.map { ["run.id": .string($0.text)] } ?? [:]
    }

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - label: The logger's label.
    ///   - format: How lines look.
    ///   - level: The lowest level that is written.
    ///   - clock: The time.
    ///   - write: Takes each line with its end, at once, and says how many before it were dropped, since nobody read them.
    package init(
        label: String,
        format: LogFormat,
        level: Logger.Level,
        clock: any WallClock,
        write: @escaping @Sendable (String) -> Int
    ) {
        self.label = label
        self.format = format
        self.logLevel = level
        self.clock = clock
        self.write = write
        self.metadataProvider = Self.runProvider
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var metadata = self.metadata
        metadata.merge(self.metadataProvider?.get() ?? [:]) { $1 }
        metadata.merge(event.metadata ?? [:]) { $1 }
        var values = metadata.mapValues(\.json)
        if let error = event.error {
            values.merge((error as? BackupError).map(Self.values) ?? ["error": .string("\(error)")]) { own, _ in own }
        }
        let dropped = self.write(event.level, event.message.description, values)
        guard dropped > 0 else { return }
        let text = "lines of the log were dropped, since nobody read them"
        _ = self.write(.warning, text, ["lines": .integer(Int64(dropped))])
    }

    private func write(_ level: Logger.Level, _ message: String, _ values: [String: JSONValue]) -> Int {
        let line = LogLine(
            time: self.clock.now,
            level: level.rawValue,
            label: self.label,
            message: message,
            values: values
        )
        return self.write(line.text(self.format))
    }

    private static func values(_ error: BackupError) -> [String: JSONValue] {
        let values: [String: String?] = [
            "error.code": error.code.name, "error.message": error.message, "error.remedy": error.remedy,
            "azure.status": error.azure.map { "\($0.status)" }, "azure.code": error.azure?.code,
            "azure.message": error.azure?.message, "azure.requestID": error.azure?.requestID,
        ]
        return values.compactMapValues { $0.map(JSONValue.string) }
    }
}

extension Logger.MetadataValue {
    fileprivate var json: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string("\(value)")
        case .array(let values): .array(values.map(\.json))
        case .dictionary(let values): .object(values.mapValues(\.json))
        }
    }
}
