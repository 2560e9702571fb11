import FoundationEssentials

/// The calendar rules of a policy: which backups are the newest of the last so many hours, days, weeks, months and years.
struct RetentionCalendar {
    /// One rule: how many periods, and which period an instant belongs to.
    private struct Rule {
        var code: RetentionReason.Code
        var count: Int
        var name: String
        var noun: String
        var period: (Date) -> String
    }

    private let rules: [Rule]

    /// Takes a policy's rules.
    init(_ policy: RetentionPolicy) {
        self.rules = [
            Rule(code: .keepHourly, count: policy.keepHourly, name: "keep-hourly", noun: "hour") { date in
                "\(date.compact.prefix(11))h"
            },
            Rule(code: .keepDaily, count: policy.keepDaily, name: "keep-daily", noun: "day") { CalendarDay($0).text },
            Rule(code: .keepWeekly, count: policy.keepWeekly, name: "keep-weekly", noun: "week") {
                CalendarDay($0).weekText
            },
            Rule(code: .keepMonthly, count: policy.keepMonthly, name: "keep-monthly", noun: "month") {
                CalendarDay($0).monthText
            },
            Rule(code: .keepYearly, count: policy.keepYearly, name: "keep-yearly", noun: "year") {
                "\(CalendarDay($0).year)"
            },
        ]
    }

    /// Tells what the rules keep.
    ///
    /// A period without a backup does not count: `keep-daily 7` keeps the newest backup of each of the last seven days
    /// that have one.
    ///
    /// - Parameter points: Recovery points, newest first.
    /// - Returns: The reasons by the names of the blobs that are kept.
    func keeps(_ points: [RecoveryPoint]) -> [String: [RetentionReason]] {
        var reasons: [String: [RetentionReason]] = [:]
        for rule in self.rules where rule.count > 0 {
            var periods: Set<String> = []
            for point in points {
                guard periods.count < rule.count else { break }
                let period = rule.period(point.createdAt)
                guard periods.insert(period).inserted else { continue }
                reasons[point.name, default: []].append(
                    RetentionReason(rule.code, "newest of the \(rule.noun) \(period) (\(rule.name) \(rule.count))")
                )
            }
        }
        return reasons
    }
}
