package import FoundationEssentials

/// The name of a backup's blob, made from a template.
///
/// The template's fields are `{instance}`, `{time}` (nominal, UTC, `20261124T010000Z`) and `{date}` (`20261124`). A later
/// attempt for the same night gets `-2`, `-3`, … before the suffix, so that a late first operation cannot overwrite it.
package struct BackupNameTemplate: Sendable, Hashable {
    /// The template's text.
    package let text: String

    /// The template that names are made of by default: `{instance}-{time}.apimbackup`.
    package static let standard = Self(unchecked: "{instance}-{time}.apimbackup")

    /// Reads a template.
    ///
    /// - Parameter text: The template's text.
    /// - Throws: ``BackupError`` with code `invalidInput` where a field is unknown, the time or the instance is missing, or the
    ///   result could not be a blob's name without a slash.
    package init(_ text: String) throws(BackupError) {
        let sample = Self(unchecked: text).name(instance: "a", nominalAt: Date(timeIntervalSince1970: 0), attempt: 1)
        let rule: String? =
            if sample.contains("{") || sample.contains("}") {
                "the only fields are {instance}, {time} and {date}"
            } else if !text.contains("{time}") {
                "it must hold {time}, or one backup would overwrite another"
            } else if !text.contains("{instance}") {
                "it must hold {instance}, or backups of two instances would overwrite each other"
            } else if text.contains("/") || text.contains("\\") {
                "it must not hold a slash"
            } else if text.utf8.count > 200 {
                "it must not be longer than 200 characters"
            } else if !text.unicodeScalars.allSatisfy({ $0.value > 31 && $0.value < 127 }) {
                "it must hold printable ASCII characters only"
            } else if text.hasSuffix(".") || text.hasSuffix(" ") {
                "it must not end in a dot or a blank"
            } else {
                nil
            }
        if let rule { throw .init(.invalidInput, "The backup name template '\(text)' cannot be used: \(rule).") }
        self.text = text
    }

    private init(unchecked text: String) { self.text = text }

    /// Makes the name of one attempt.
    ///
    /// - Parameters:
    ///   - instance: The instance's name.
    ///   - nominalAt: The time for which the backup is made.
    ///   - attempt: The attempt's number, from 1.
    /// - Returns: The blob's name.
    package func name(instance: String, nominalAt: Date, attempt: Int) -> String {
        let time = nominalAt.compact
        let fields = [("{instance}", instance), ("{time}", time), ("{date}", String(time.prefix(8)))]
        var name = ""
        var rest = self.text.utf8[...]
        while !rest.isEmpty {
            if let (field, value) = fields.first(where: { rest.starts(with: $0.0.utf8) }) {
                name += value
                rest = rest.dropFirst(field.utf8.count)
            } else {
                let next = rest.dropFirst().firstIndex(of: 123) ?? rest.endIndex
                name += String(Substring(rest[..<next]))
                rest = rest[next...]
            }
        }
        guard attempt > 1 else { return name }
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "\(name)-\(attempt)" }
        return "\(name[..<dot])-\(attempt)\(name[dot...])"
    }

    /// Finds the time that ``name(instance:nominalAt:attempt:)`` put into a name.
    ///
    /// - Parameter name: A blob's name.
    /// - Returns: The first time of the form `20261124T010000Z` in it; nil where there is none.
    package static func time(in name: String) -> Date? { Self.times(in: name).first }

    /// Finds all times in a name: a template's own text may hold one before that of the backup.
    ///
    /// - Parameter name: A blob's name.
    /// - Returns: The times of the form `20261124T010000Z` in it, as they stand there.
    package static func times(in name: String) -> [Date] {
        let bytes = Array(name.utf8)
        return bytes.indices.dropLast(15).compactMap { start -> Date? in
            let part = bytes[start..<(start + 16)]
            guard part[start + 8] == 84, part[start + 15] == 90 else { return nil }
            let text = String(decoding: part, as: UTF8.self)
            let (date, time) = (text.prefix(8), text.dropFirst(9))
            let year = "\(date.prefix(4))-\(date.dropFirst(4).prefix(2))-\(date.suffix(2))"
            let clock = "\(time.prefix(2)):\(time.dropFirst(2).prefix(2)):\(time.dropFirst(4).prefix(2))"
            return InstantText.milliseconds("\(year)T\(clock)Z").map { milliseconds in
                Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            }
        }
    }
}
