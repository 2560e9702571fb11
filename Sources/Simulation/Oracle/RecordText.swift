import FoundationEssentials

/// What the oracle reads in a record's text: by lines, without a decoder, since it looks at every single write.
///
/// Records are indented JSON with sorted keys; two blanks stand before the record's own keys, six before an attempt's.
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
    private(set) var attempts: [Attempt] = []
    /// The states that the record went through.
    private(set) var states: [String] = []
    /// The backup's size and version, where the record names one.
    private(set) var bytes: Int?
    private(set) var etag: String?
    private(set) var backupName: String?

    /// Reads a record.
    ///
    /// - Parameter content: The record's bytes.
    init(_ content: Data) {
        var section = ""
        for line in content.split(separator: 10) {
            let indent = line.prefix { $0 == 32 }.count
            guard let (key, value) = Self.pair(line.dropFirst(indent)) else { continue }
            if indent == 2 {
                section = key
                self.take(key, value)
            } else if section == "attempts", indent == 6 {
                self.takeAttempt(key, value)
            } else if section == "history", indent == 6, key == "state" {
                self.states.append(value)
            } else if section == "backup", indent == 4 {
                self.takeBackup(key, value)
            }
        }
    }

    private mutating func take(_ key: String, _ value: String) {
        switch key {
        case "run": self.run = value
        case "generation": self.generation = Int(value) ?? 0
        case "state": self.state = value
        case "outcome": self.outcome = value
        default: break
        }
    }

    /// Keys come sorted, so that `backupName` is the first of those that are looked at.
    private mutating func takeAttempt(_ key: String, _ value: String) {
        switch key {
        case "backupName": self.attempts.append(Attempt(name: value))
        case "submission": self.attempts[self.attempts.count - 1].submission = value
        case "location": self.attempts[self.attempts.count - 1].location = value
        default: break
        }
    }

    private mutating func takeBackup(_ key: String, _ value: String) {
        switch key {
        case "bytes": self.bytes = Int(value)
        case "etag": self.etag = value
        case "name": self.backupName = value
        default: break
        }
    }

    /// Splits `"key" : value,`; a string comes without its quotes and its escapes.
    private static func pair(_ line: Data) -> (String, String)? {
        guard line.first == 34, let end = line.dropFirst().firstIndex(of: 34), line.endIndex > end + 4 else {
            return nil
        }
        var value = line[(end + 4)...]
        if value.last == 44 { value = value.dropLast() }
        if value.first == 34 { value = value.dropFirst().dropLast() }
        let key = String(decoding: line[line.index(after: line.startIndex)..<end], as: UTF8.self)
        return (key, String(decoding: value.filter { $0 != 92 }, as: UTF8.self))
    }
}
