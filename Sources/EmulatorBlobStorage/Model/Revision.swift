import EmulatorRuntime
package import Foundation

/// Which state of a resource this is: its entity tag, and when it was written.
package struct Revision: Hashable, Codable, Sendable {
    /// The entity tag with its quotation marks, such as `"0x8DE2B9A1C3F5D70"`; no two writes share one.
    package var etag: String
    /// When it was written, in whole seconds.
    package var lastModified: Date
}

extension Revision {
    private static let ticksAtEpoch = 621_355_968_000_000_000

    /// Makes the next revision: Azure's tags are the write's time in ticks, so a counter keeps two of one instant
    /// apart.
    static func next(after ticks: Int, at now: Date) -> (revision: Self, ticks: Int) {
        let own = max(ticks + 1, Self.ticksAtEpoch + Int(now.timeIntervalSince1970 * 10_000_000))
        let lastModified = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        return (Self(etag: "\"0x\(String(own, radix: 16, uppercase: true))\"", lastModified: lastModified), own)
    }

    /// The time in ticks that the tag was made from.
    var ticks: Int { Int(self.etag.dropFirst(3).dropLast(), radix: 16) ?? 0 }

    /// The version's id that a blob of this revision has, where the account keeps versions: the write's instant.
    var versionID: String {
        let ticks = self.ticks - Self.ticksAtEpoch
        let seconds = Date(timeIntervalSince1970: TimeInterval(ticks / 10_000_000))
        let fraction = String(10_000_000 + ticks % 10_000_000).dropFirst()
        return CalendarInstant(seconds).brief.dropLast() + ".\(fraction)Z"
    }

    /// The entity tag without its quotation marks, as the list of blobs has it.
    var bareTag: String { String(self.etag.dropFirst().dropLast()) }
}
