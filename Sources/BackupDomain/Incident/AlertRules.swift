/// When something is worth telling, and how often.
package struct AlertRules: Sendable, Hashable {
    /// The shortest time that a run is given to end, from its start.
    package static let shortestRun = Duration.seconds(3600)

    /// How long an incident gathers instances before it is told; 2 minutes by default.
    package var gathering: Duration
    /// How long after it was told last an incident is told again; a day by default, nil for never.
    package var reminder: Duration?
    /// How long after it was told last an incident that has at least doubled is told before its reminder; an hour.
    package var growth: Duration
    /// How long before its end the last good backup counts as about to expire; 7 days by default.
    package var expiry: Duration
    /// How long the newest runs may fail before retention counts as blocked by it; 7 days by default.
    package var blockage: Duration

    /// Creates rules.
    package init(
        gathering: Duration = .seconds(120),
        reminder: Duration? = .seconds(86_400),
        growth: Duration = .seconds(3600),
        expiry: Duration = .seconds(7 * 86_400),
        blockage: Duration = .seconds(7 * 86_400)
    ) {
        self.gathering = gathering
        self.reminder = reminder
        self.growth = growth
        self.expiry = expiry
        self.blockage = blockage
    }
}
