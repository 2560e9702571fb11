package import FoundationEssentials

/// The id of a run: a UUID that derives from the instance and the nominal time, and sorts by that time.
///
/// Two schedulers that fire for the same night make one run, because they arrive at the same id. What a person asks for is a
/// run of its own, and its id is made before the instance is found, so that the look-up carries it already. It has the form of a
/// UUID since Azure asks for one in `x-ms-client-request-id`, and the first 48 bits are the nominal time in
/// milliseconds, so that names in the catalog list in order.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8> (version 8: layout of our own)
package struct RunID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The id's text, lower case, 36 characters.
    package let text: String

    /// Derives the id of a run.
    ///
    /// - Parameters:
    ///   - instance: The instance's resource id.
    ///   - nominalAt: The time for which the backup is made; whole seconds count.
    ///   - kind: What the run does; makes a backup by default.
    package init(instance: ResourceID, nominalAt: Date, kind: RunKind = .backup) {
        // Ids of backups have been so from the first release on.
        let seconds = Int64(nominalAt.timeIntervalSince1970.rounded(.down))
        let suffix = kind == .backup ? "" : "#\(kind.rawValue)"
        self.init(of: "\(instance.canonical)@\(seconds)\(suffix)", milliseconds: seconds * 1000)
    }

    /// Makes the id of a run that somebody asks for.
    ///
    /// - Parameters:
    ///   - reference: The instance as it was asked for.
    ///   - invocation: The id of the process that was asked.
    ///   - asked: When it was asked for; milliseconds count, so that two of one second sort as they were asked for.
    package init(of reference: String, askedOf invocation: String, at asked: Date) {
        let milliseconds = Int64((asked.timeIntervalSince1970 * 1000).rounded())
        let seconds = milliseconds / 1000
        self.init(of: "\(invocation)|\(reference.lowercased())@\(seconds)", milliseconds: milliseconds)
    }

    private init(of subject: String, milliseconds: Int64) {
        let time = StableHash.hexadecimal(UInt64(bitPattern: milliseconds), digits: 12)
        let hash = StableHash(subject).hex(16)
        let digits = Array(hash)
        self.text =
            "\(time.prefix(8))-\(time.dropFirst(8))-8\(String(digits[0..<3]))-8\(String(digits[3..<6]))"
            + "-\(String(digits[4..<16]))"
    }

    /// Reads an id.
    ///
    /// - Parameter text: The 36 characters of a UUID, in any case.
    package init?(text: String) {
        guard text.utf8.count == 36 else { return nil }
        var isLower = true
        for (place, byte) in text.utf8.enumerated() {
            switch (place, byte) {
            // Where the hyphens of a UUID stand.
            case (8, 45), (13, 45), (18, 45), (23, 45): continue
            case (8, _), (13, _), (18, _), (23, _): return nil
            case (_, 48...57), (_, 97...102): continue
            case (_, 65...70): isLower = false
            default: return nil
            }
        }
        self.text = isLower ? text : text.lowercased()
    }

    /// The nominal time that the id carries, in whole seconds.
    package var nominalAt: Date {
        // Twelve digits with a hyphen after the eighth.
        let milliseconds = self.text.utf8.prefix(13).reduce(UInt64(0)) { number, byte in
            byte == 45 ? number : number << 4 | UInt64(byte < 58 ? byte - 48 : byte - 87)
        }
        return Date(timeIntervalSince1970: Double(milliseconds / 1000))
    }

    package var description: String { self.text }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.text < rhs.text }
}

extension RunID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = Self(text: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no run id")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.text)
    }
}
