import BackupDomain
import Foundation

/// The times of schedules as tables or as JSON.
struct UpcomingPrinter {
    /// One element of `schedule next --format json`.
    struct Row: Encodable {
        /// What the zone's clocks show, with their offset.
        var local: String
        /// The instant in UTC.
        var utc: Date
        /// What is odd about it; null for most.
        var reason: String?
        /// What the settings say of it; nil for an expression of its own, whose elements have the three members above only.
        var plan: Plan?

        /// What the settings say of a time.
        struct Plan {
            /// When it is due, its delay included; null where that differs from instance to instance.
            var dueAt: Date?
            /// The schedule's expression or interval.
            var schedule: String
            /// The instances that go by it.
            var instances: [String]
        }

        private enum CodingKeys: String, CodingKey { case local, utc, reason, dueAt, schedule, instances }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(self.local, forKey: .local)
            try container.encode(self.utc, forKey: .utc)
            // Present in every element, so that a reader need not tell missing from null.
            try container.encode(self.reason, forKey: .reason)
            guard let plan = self.plan else { return }
            try container.encode(plan.dueAt, forKey: .dueAt)
            try container.encode(plan.schedule, forKey: .schedule)
            try container.encode(plan.instances, forKey: .instances)
        }
    }

    let terminal: Terminal

    /// Prints one array of all times, the earliest first.
    ///
    /// - Parameters:
    ///   - upcoming: The times.
    ///   - isPlanned: Whether they are of the settings, which say who goes by them.
    func printDocument(_ upcoming: [UpcomingTimes], isPlanned: Bool) {
        let rows = upcoming.flatMap { upcoming in
            upcoming.times.enumerated().map { index, time -> Row in
                let plan = Row.Plan(
                    dueAt: upcoming.dueAt?[index],
                    schedule: "\(upcoming.schedule.timing)",
                    instances: upcoming.instances
                )
                return Row(
                    local: time.local,
                    utc: time.at,
                    reason: time.oddity.map(String.init(describing:)),
                    plan: isPlanned ? plan : nil
                )
            }
        }
        self.terminal.printDocument(rows.sorted { $0.utc < $1.utc })
    }

    /// Prints a table for each schedule.
    func printTables(_ upcoming: [UpcomingTimes]) {
        for (index, schedule) in upcoming.enumerated() {
            if index > 0 { self.terminal.print("") }
            self.printTable(schedule)
        }
    }

    private func printTable(_ upcoming: UpcomingTimes) {
        let jitter = upcoming.schedule.jitter
        if !upcoming.instances.isEmpty {
            let delay = jitter > .zero ? ", each up to \(jitter.formattedBriefly) later" : ""
            self.terminal.print("\(upcoming.title)\(delay): \(upcoming.instances.joined(separator: ", "))")
        }
        let dueAt = jitter > .zero ? upcoming.dueAt : nil
        let rows = upcoming.times.enumerated().map { index, time in
            [time.weekday, time.local, time.at.iso8601] + (dueAt.map { [$0[index].iso8601] } ?? [])
                + [time.oddity.map(String.init(describing:)) ?? ""]
        }
        let zone =
            switch upcoming.schedule.timing {
            case .cron: upcoming.schedule.timeZone
            case .every: Schedule().timeZone
            }
        let columns: [Table.Column] =
            [.init("DAY"), .init("LOCAL (\(zone))"), .init("UTC")] + (dueAt == nil ? [] : [.init("BEGINS")])
            + [.init("NOTE")]
        for line in Table(columns, rows: rows).lines { self.terminal.print(line) }
    }
}
