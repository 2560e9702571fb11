import BackupDomain
import Foundation

/// Which inventory a person means.
enum InventoryReference: Sendable, Hashable {
    /// What lies in the instance now.
    case live
    /// That of the newest run that has one.
    case latest
    /// That of the newest run that has one and is no younger than this.
    case time(Date)
    /// That of a run, a backup, or an instance's newest run.
    case named(String)

    /// Reads what a person typed.
    ///
    /// - Parameter text: `live`, `latest`, an instant, a day (its end, in UTC), or a name.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` for what looks like a time and is none.
    init(_ text: String) throws(BackupError) {
        switch text.lowercased() {
        case "live": self = .live
        case "latest": self = .latest
        default:
            if let date = Date(iso8601: text) ?? Date(iso8601: "\(text)T23:59:59Z") {
                self = .time(date)
            } else if Self.looksLikeTime(text) {
                throw BackupError(
                    .invalidInput,
                    "'\(text)' is no time.",
                    remedy: "A day is written as 2026-11-21, an instant as 2026-11-21T01:00:00Z."
                )
            } else {
                self = .named(text)
            }
        }
    }

    /// Whether it begins with a year and holds nothing that times do not hold; no instance and no run is named so.
    private static func looksLikeTime(_ text: String) -> Bool {
        text.prefix(4).allSatisfy(\.isWholeNumber) && text.dropFirst(4).hasPrefix("-")
            && text.allSatisfy { $0.isWholeNumber || "-:.+TtZz ".contains($0) }
    }
}
