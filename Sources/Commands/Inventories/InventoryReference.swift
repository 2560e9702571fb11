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
    init(_ text: String) {
        switch text.lowercased() {
        case "live": self = .live
        case "latest": self = .latest
        default:
            if let date = Date(iso8601: text) ?? Date(iso8601: "\(text)T23:59:59Z") {
                self = .time(date)
            } else {
                self = .named(text)
            }
        }
    }
}
