package import FoundationEssentials

/// The times that a timing names by the clocks of a zone: looked up from either side, never counted through.
///
/// Where the clocks change, an expression whose minute or hour begins with `*` keeps its spacing: it goes by what the
/// clocks show in each period, so that nothing comes in a gap, and what is shown twice comes twice. All others come once:
/// what falls into a gap comes as soon as the clocks have jumped over it, and of two equal times the first one counts.
///
/// Source: cron(8) of Debian ("Local time changes …"), and <https://github.com/cuu508/cronsim>, which `scripts/cron-differential`
/// compares this with.
package struct NominalTimes: Sendable {
    /// How far is looked: no cron expression rests for longer and comes back.
    package static let horizon = Duration.seconds(50 * 366 * 86_400)
    /// How long before a period an earlier one may have ended whose clocks were further on.
    private static let longestFold = 2 * 86_400

    private let timing: ScheduleTiming
    private let zone: TimeZoneRules

    /// Creates the times.
    ///
    /// - Parameters:
    ///   - timing: What names them.
    ///   - zone: The zone's rules; of no account for an interval but for how times are shown.
    package init(_ timing: ScheduleTiming, zone: TimeZoneRules) {
        self.timing = timing
        self.zone = zone
    }

    /// Finds the first time after an instant.
    ///
    /// - Parameter instant: The instant, which does not count itself.
    /// - Returns: The time; nil where none comes within ``horizon``.
    package func first(after instant: Date) -> NominalTime? {
        let second = Self.second(instant) + 1
        switch self.timing {
        case .every(let seconds): return self.time(second.dividedUp(by: seconds) * seconds)
        case .cron(let expression): return self.first(of: expression, from: second)
        }
    }

    /// Finds the last time up to an instant.
    ///
    /// - Parameter instant: The instant, which counts itself.
    /// - Returns: The time; nil where none came within ``horizon``.
    package func last(upTo instant: Date) -> NominalTime? {
        let second = Self.second(instant)
        switch self.timing {
        case .every(let seconds): return self.time(second.dividedDown(by: seconds) * seconds)
        case .cron(let expression): return self.last(of: expression, upTo: second)
        }
    }

    private func first(of expression: CronExpression, from start: Int) -> NominalTime? {
        let end = start + Int(Self.horizon.components.seconds)
        var second = start
        while second < end {
            let period = self.zone.period(at: second)
            let window = self.window(of: period, for: expression)
            if second <= period.start, let time = self.timeAfterGap(window.jumpedOver, period, expression) {
                return time
            }
            let from = max(window.shown.lowerBound, (second + period.offset).dividedUp(by: 60))
            let to = min(window.shown.upperBound, (end + period.offset).dividedUp(by: 60))
            if from < to, let minute = expression.first(in: from..<to) { return self.time(minute, period, expression) }
            second = period.end
        }
        return nil
    }

    private func last(of expression: CronExpression, upTo start: Int) -> NominalTime? {
        let end = start - Int(Self.horizon.components.seconds)
        var second = start
        while second > end {
            let period = self.zone.period(at: second)
            let window = self.window(of: period, for: expression)
            let from = max(window.shown.lowerBound, (end + period.offset).dividedUp(by: 60))
            let to = min(window.shown.upperBound, (second + period.offset).dividedDown(by: 60) + 1)
            if from < to, let minute = expression.last(in: from..<to) { return self.time(minute, period, expression) }
            if let time = self.timeAfterGap(window.jumpedOver, period, expression) { return time }
            guard period.start > end else { return nil }
            second = period.start - 1
        }
        return nil
    }

    /// The minutes of a period that count: those that its clocks show, and those that they jumped over before.
    private func window(
        of period: OffsetPeriod,
        for expression: CronExpression
    ) -> (shown: Range<Int>, jumpedOver: Range<Int>) {
        let shown = period.localMinutes
        guard !expression.keepsSpacing, period.start != .min else { return (shown, 0..<0) }
        // What an earlier period has shown is done with.
        var done = Int.min
        var earlier = self.zone.period(at: period.start - 1)
        while earlier.end > period.start - Self.longestFold {
            done = max(done, earlier.localMinutes.upperBound)
            guard earlier.start != .min else { break }
            earlier = self.zone.period(at: earlier.start - 1)
        }
        if done <= shown.lowerBound { return (shown, done..<shown.lowerBound) }
        return (min(done, shown.upperBound)..<shown.upperBound, 0..<0)
    }

    private func timeAfterGap(
        _ jumpedOver: Range<Int>,
        _ period: OffsetPeriod,
        _ expression: CronExpression
    ) -> NominalTime? {
        guard let wanted = expression.first(in: jumpedOver) else { return nil }
        return NominalTime(
            at: Date(timeIntervalSince1970: Double(period.start)),
            offset: period.offset,
            oddity: .jumpedOver(wanted: wanted.remainder(dividingDownBy: CronExpression.minutesOfDay))
        )
    }

    private func time(_ minute: Int, _ period: OffsetPeriod, _ expression: CronExpression) -> NominalTime {
        var oddity: NominalTime.Oddity?
        if period.end != .max, self.zone.period(at: period.end).localMinutes.lowerBound <= minute {
            oddity = expression.keepsSpacing ? .firstOfBoth : .firstOfTwo
        } else if period.start != .min, self.zone.period(at: period.start - 1).localMinutes.upperBound > minute {
            oddity = .secondOfBoth
        }
        return NominalTime(
            at: Date(timeIntervalSince1970: Double(period.second(ofLocalMinute: minute))),
            offset: period.offset,
            oddity: oddity
        )
    }

    private func time(_ second: Int) -> NominalTime {
        NominalTime(at: Date(timeIntervalSince1970: Double(second)), offset: self.zone.offset(at: second))
    }

    private static func second(_ instant: Date) -> Int {
        // Far beyond any calendar, and far from where whole numbers end.
        Int(min(max(instant.timeIntervalSince1970.rounded(.down), -1e12), 1e12))
    }
}
