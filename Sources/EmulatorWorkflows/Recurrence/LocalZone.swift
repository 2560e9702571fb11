import EmulatorExpressions
import Foundation

/// A time zone by its Windows name.
///
/// Source: "Schedule and run recurring tasks": workflows take Windows' names of time zones, not IANA's.
struct LocalZone: Sendable, Equatable {
    private let zone: TimeZone

    static let utc = LocalZone(zone: .gmt)

    private init(zone: TimeZone) { self.zone = zone }

    /// Finds a zone; nil for a name that Windows does not know.
    init?(windowsName name: String) {
        guard let identifier = WindowsZones.identifier(of: name), let zone = TimeZone(identifier: identifier) else {
            return nil
        }
        self.zone = zone
    }

    private func offset(at instant: Date) -> Int { self.zone.secondsFromGMT(for: instant) }

    /// What the zone's clocks show at an instant.
    func local(_ instant: Date) -> Timestamp {
        let shown = Timestamp(instant).localTicks + self.offset(at: instant) * Timestamp.second
        return Timestamp(localTicks: shown, offsetMinutes: nil)
    }

    /// When the zone's clocks show a time: the first of two, and where they skip it, as much later as they skip.
    func instant(ofLocalTicks ticks: Int) -> Date {
        let naive = Timestamp(localTicks: ticks, offsetMinutes: 0).date
        // What holds a day before and a day behind are the two offsets that may apply.
        let (before, behind) = (self.offset(at: naive - 86_400), self.offset(at: naive + 86_400))
        let early = naive.addingTimeInterval(-Double(before))
        if self.offset(at: early) == before { return early }
        let late = naive.addingTimeInterval(-Double(behind))
        return self.offset(at: late) == behind ? late : early
    }
}
