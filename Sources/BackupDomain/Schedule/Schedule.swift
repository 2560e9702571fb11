package import FoundationEssentials

/// When an instance is backed up, and what becomes of times that could not be kept.
package struct Schedule: Sendable, Hashable {
    /// How late a time may begin and still count as kept: timers and jobs of other systems begin some minutes late.
    package static let punctuality = Duration.seconds(15 * 60)
    /// The least and the greatest window of catching up: an hour and 30 days.
    package static let windows: ClosedRange<Duration> = .seconds(3600) ... .seconds(30 * 86_400)
    /// The most times that are made up for at once.
    package static let mostCaughtUp = 50

    /// What names the times.
    package var timing: ScheduleTiming
    /// The IANA name of the zone whose clocks count.
    package var timeZone: String
    /// What becomes of times that passed while no scheduler was at work.
    package var catchUp: CatchUp
    /// How far back times are made up for.
    package var catchUpWindow: Duration
    /// What becomes of a time that comes while a run is under way.
    package var overlap: Overlap
    /// The most by which a run begins after its time, so that a fleet does not begin at once; zero for none.
    package var jitter: Duration

    /// Creates a schedule: each night at one by UTC, the newest missed time within a week made up for, by default.
    package init(
        timing: ScheduleTiming = .cron(.nightly),
        timeZone: String = "UTC",
        catchUp: CatchUp = .latest,
        catchUpWindow: Duration = .seconds(7 * 86_400),
        overlap: Overlap = .skip,
        jitter: Duration = .zero
    ) {
        self.timing = timing
        self.timeZone = timeZone
        self.catchUp = catchUp
        self.catchUpWindow = catchUpWindow
        self.overlap = overlap
        self.jitter = jitter
    }

    /// How long after its time an instance's run begins.
    ///
    /// The same for the same instance and time in every process, and spread evenly over a fleet.
    ///
    /// - Parameters:
    ///   - instance: The instance.
    ///   - time: The nominal time.
    /// - Returns: Whole seconds, from zero to ``jitter``.
    package func delay(of instance: ResourceID, at time: Date) -> Duration {
        let most = UInt64(max(0, self.jitter.components.seconds))
        let hash = StableHash("\(instance.canonical)#\(Int64(time.timeIntervalSince1970))").value
        return .seconds(Int64(hash % (most + 1)))
    }
}
