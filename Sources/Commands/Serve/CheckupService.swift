import BackupDomain
import Foundation
import Scheduling

/// Lets the doctor look at a fleet's instances each day, a few at a time.
struct CheckupService: Sendable {
    /// How many instances are looked at at once.
    private static let width = 4
    /// The pause while instances are still being found.
    private static let pauseAtTheStart = Duration.seconds(15)

    /// Looks at one instance where that is due.
    let checkup: DailyCheckup
    /// The time.
    let clock: any WallClock
    /// The instances that are looked after now, and whether they are all of the settings.
    let watchlist: @Sendable () -> (list: Watchlist, isWhole: Bool)
    /// Told when something got worse, or is well again.
    let changed: @Sendable () -> Void

    /// Works until its task is cancelled.
    ///
    /// - Throws: `CancellationError`
    func run() async throws {
        var dates: [InstanceKey: Date] = [:]
        while true {
            let (list, isWhole) = self.watchlist()
            let now = self.clock.now
            let due = list.members.filter { dates[InstanceKey($0.id), default: .distantPast] <= now }
            let ends = try await due.map(width: Self.width) { member in
                let end = try await self.checkup.look(at: member)
                if !end.changes.isEmpty { self.changed() }
                return (InstanceKey(member.id), end.nextAt ?? .distantFuture)
            }
            for (key, nextAt) in ends { dates[key] = nextAt }
            let next = dates.values.min() ?? .distantFuture
            let left = Duration.seconds(max(1, next.timeIntervalSince(self.clock.now)))
            // A clock that is set, and instances that come later, are noticed as soon as the scheduler notices them.
            try await self.clock.sleep(for: min(left, isWhole ? Timetable.longestSleep : Self.pauseAtTheStart))
        }
    }
}
