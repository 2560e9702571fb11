import BackupDomain

/// The schedule of one world whose machines look for what is due, and the times that it names, reckoned by hand.
struct ScheduleCourse: Sendable {
    let zone: SimulatedZone
    /// The minutes of the day at which a backup is due, by the zone's clocks.
    let minutes: [Int]
    /// The schedule as the product has it.
    let schedule: Schedule
    /// How often a notice is not taken, as long as misfortunes strike.
    let refusals: Double

    /// Draws a schedule; nil where its expression cannot be read.
    ///
    /// - Parameter random: Where it comes from.
    init?(_ random: inout SplitMix) {
        self.zone = SimulatedZone.all[Int(random.whole(in: 0...3))]
        // Most in the hours in which the clocks change.
        let hour = random.happens(0.8) ? Int(random.whole(in: 0...3)) : Int(random.whole(in: 4...11))
        let minute = Int(random.whole(in: 0...3)) * 15
        let isTwice = random.happens(0.2)
        self.minutes = [hour * 60 + minute] + (isTwice ? [(hour + 12) * 60 + minute] : [])
        let hours = isTwice ? "\(hour),\(hour + 12)" : "\(hour)"
        let catchUp = [CatchUp.latest, .latest, .all, .none][Int(random.whole(in: 0...3))]
        let overlap: Overlap = random.happens(0.5) ? .skip : .queue
        let jitter = Duration.seconds(random.happens(0.3) ? 600 : 0)
        guard let expression = try? CronExpression("\(minute) \(hours) * * *") else { return nil }
        self.schedule = Schedule(
            timing: .cron(expression),
            timeZone: self.zone.name,
            catchUp: catchUp,
            // Shorter than the product's own, so that a world of a month sees times that are too late.
            catchUpWindow: .seconds(2 * 86_400),
            overlap: overlap,
            jitter: jitter
        )
        self.refusals = random.happens(0.5) ? 0.3 : 0
    }

    /// How long after its time the newest one that must be decided is due at the latest, in seconds.
    var delay: Int { Int(self.schedule.jitter.components.seconds) }

    /// Whether the clocks change within two days of an instant.
    ///
    /// - Parameter moment: The instant, in seconds since 1970.
    /// - Returns: Whether they do.
    func isNearChange(_ moment: Int) -> Bool { self.zone.changes.contains { abs($0.at - moment) <= 2 * 86_400 } }

    /// A time of the schedule some days before the clocks change, in seconds since 1970.
    ///
    /// - Parameter random: Chooses it.
    /// - Returns: The time.
    func start(_ random: inout SplitMix) -> Int {
        let change = self.zone.changes[Int(random.whole(in: 10...30))].at
        let day = change - 86_400 * Int(random.whole(in: 2...20))
        return self.times(after: day - 86_400, upTo: day + 86_400).first { ($0 - day) > -43_200 } ?? day
    }

    /// The times that the schedule names in a stretch.
    ///
    /// - Parameters:
    ///   - start: The stretch's begin, which does not belong to it, in seconds since 1970.
    ///   - end: Its end, which does.
    /// - Returns: The times, oldest first.
    func times(after start: Int, upTo end: Int) -> [Int] {
        guard start < end else { return [] }
        // No zone is a day away from UTC.
        return (start / 86_400 - 1...end / 86_400 + 1).flatMap { day in
            self.minutes.map { self.time(day * 86_400 + $0 * 60) }
        }.filter { $0 > start && $0 <= end }.sorted()
    }

    /// When the clocks show a time: the first of two, and where they jump over it the moment after the jump.
    private func time(_ shown: Int) -> Int {
        let offsets = [self.zone.standard, self.zone.daylight]
        let moments = offsets.map { shown - $0 }.filter { $0 + self.offset(at: $0) == shown }
        if let first = moments.min() { return first }
        return self.zone.changes.map(\.at).first { $0 + self.offset(at: $0) > shown } ?? shown
    }

    private func offset(at moment: Int) -> Int {
        self.zone.changes.last { $0.at <= moment }?.offset ?? self.zone.standard
    }
}
