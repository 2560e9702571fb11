import BackupDomain
import Foundation
import Settings

/// The next times of one schedule, and who goes by it.
struct UpcomingTimes {
    /// The schedule.
    var schedule: Schedule
    /// The names of the instances that go by it; empty for an expression of its own.
    var instances: [String]
    /// The times.
    var times: [NominalTime]
    /// When each time is due, its delay included; nil where that differs from instance to instance, or is not known.
    var dueAt: [Date]?

    /// Looks the times up.
    ///
    /// - Parameters:
    ///   - schedule: The schedule.
    ///   - instances: The instances that go by it.
    ///   - zone: The rules of its zone.
    ///   - start: The instant to begin after.
    ///   - count: How many times.
    init(_ schedule: Schedule, of instances: [InstanceSettings], zone: TimeZoneRules, after start: Date, count: Int) {
        self.schedule = schedule
        self.instances = instances.map(\.instanceName)
        let nominal = NominalTimes(schedule.timing, zone: zone)
        var times: [NominalTime] = []
        while times.count < count, let time = nominal.first(after: times.last?.at ?? start) { times.append(time) }
        self.times = times
        guard schedule.jitter > .zero else {
            self.dueAt = times.map(\.at)
            return
        }
        // Delays depend on the resource id.
        guard instances.count == 1, let id = instances[0].knownID else { return }
        self.dueAt = times.map { $0.at + schedule.delay(of: id, at: $0.at).timeInterval }
    }

    /// What the times are: `0 1 * * * in Europe/Berlin`.
    var title: String {
        switch self.schedule.timing {
        case .cron(let expression): "\(expression) in \(self.schedule.timeZone)"
        case .every: "\(self.schedule.timing)"
        }
    }
}
