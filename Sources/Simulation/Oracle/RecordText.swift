/// What the oracle reads in a record's text.
///
/// Two blanks stand before the record's own keys, six before an attempt's.
struct RecordText: Sendable {
    /// A POST as the record has it.
    struct Attempt: Sendable, Hashable {
        var name = ""
        var submission = ""
        var location: String?
    }

    private(set) var run = ""
    private(set) var generation = 0
    private(set) var state = ""
    private(set) var outcome: String?
    private(set) var trigger = ""
    private(set) var attempts: [Attempt] = []
    /// The states that the record went through.
    private(set) var states: [String] = []
    /// The backup's size and version, where the record names one.
    private(set) var bytes: Int?
    private(set) var etag: String?
    private(set) var backupName: String?
    /// Whether it is the record of a restore that names who confirmed it.
    private(set) var isConfirmed = false

    /// Reads a record.
    ///
    /// - Parameter document: The record.
    init(_ document: IndentedJSON) {
        var section = ""
        document.forEachLine(upTo: 6) { line in
            if line.indent == 2 {
                section = line.key
                self.take(line)
            } else if section == "attempts", line.indent == 6 {
                self.takeAttempt(line)
            } else if section == "history", line.indent == 6, line.key == "state" {
                self.states.append(line.value)
            } else if section == "backup", line.indent == 4 {
                self.takeBackup(line)
            } else if section == "restore", line.indent == 4, line.key == "confirmation" {
                self.isConfirmed = true
            }
        }
    }

    private mutating func take(_ line: IndentedJSON.Line) {
        switch line.key {
        case "run": self.run = line.value
        case "generation": self.generation = Int(line.value) ?? 0
        case "state": self.state = line.value
        case "outcome": self.outcome = line.value
        case "trigger": self.trigger = line.value
        default: break
        }
    }

    /// Keys come sorted, so that `backupName` is the first of those that are looked at.
    private mutating func takeAttempt(_ line: IndentedJSON.Line) {
        switch line.key {
        case "backupName": self.attempts.append(Attempt(name: line.value))
        case "submission": self.attempts[self.attempts.count - 1].submission = line.value
        case "location": self.attempts[self.attempts.count - 1].location = line.value
        default: break
        }
    }

    private mutating func takeBackup(_ line: IndentedJSON.Line) {
        switch line.key {
        case "bytes": self.bytes = Int(line.value)
        case "etag": self.etag = line.value
        case "name": self.backupName = line.value
        default: break
        }
    }
}
