import BackupDomain
import FoundationEssentials

/// What the oracle reads in the history of a schedule.
struct HistoryText: Sendable {
    /// What became of some times; all times in seconds since 1970.
    struct Entry: Sendable {
        var from = 0
        var until = 0
        var count: Int?
        var outcome = ""
    }

    private(set) var firstSeenAt = 0
    private(set) var decidedUntil = 0
    /// The times whose runs were ordered and have not been seen to end.
    private(set) var open: [Int] = []
    /// The entries, oldest first.
    private(set) var entries: [Entry] = []

    /// Reads a history.
    ///
    /// - Parameter document: The history.
    init(_ document: IndentedJSON) {
        var section = ""
        document.forEachLine(upTo: 6) { line in
            switch (line.indent, section) {
            case (2, _):
                section = line.key
                if section == "firstSeenAt" { self.firstSeenAt = Self.seconds(line.value) }
                if section == "decidedUntil" { self.decidedUntil = Self.seconds(line.value) }
            case (4, "open"): self.open.append(Self.seconds(line.value))
            case (4, "entries"): self.entries.append(Entry())
            case (6, "entries"): Self.take(line, &self.entries[self.entries.count - 1])
            default: break
            }
        }
    }

    private static func take(_ line: IndentedJSON.Line, _ entry: inout Entry) {
        switch line.key {
        case "from": entry.from = Self.seconds(line.value)
        case "until": entry.until = Self.seconds(line.value)
        case "count": entry.count = Int(line.value)
        case "outcome": entry.outcome = line.value
        default: break
        }
    }

    private static func seconds(_ text: String) -> Int {
        Date(iso8601: text).map { Int($0.timeIntervalSince1970.rounded(.down)) } ?? 0
    }
}
