/// When machines look for what is due, after one night's time.
struct SchedulePlan: Sendable {
    /// A look.
    struct Look: Sendable {
        /// When, in milliseconds from the night's time.
        var offset: Int64
        /// On which machine, from 0.
        var machine = 0
        /// After how many milliseconds somebody asks the process to stop.
        var interruptedAfter: Int64?
    }

    /// The looks of a night without any misfortune: an hour apart, since the clocks may have changed by as much.
    static let quiet = [-3_600_000, 0, 3_600_000].map { Look(offset: $0) }

    private(set) var looks: [Look] = []

    /// Plans the looks of one night.
    ///
    /// - Parameters:
    ///   - random: Where they come from.
    ///   - course: The schedule.
    ///   - nominal: The night's time, in milliseconds since 1970.
    ///   - rates: How often what strikes.
    init(_ random: inout SplitMix, _ course: ScheduleCourse, _ nominal: Int64, _ rates: FaultRates) {
        // Far from any change of the clocks nothing is due early; who was not told at the time itself is told an hour later.
        let usual = course.isNearChange(Int(nominal / 1000)) ? Self.quiet : Self.quiet.filter { $0.offset >= 0 }
        for minute in course.minutes {
            let distance = Int64(minute - course.minutes[0]) * 60_000
            for look in usual where !random.happens(0.1) {
                self.looks.append(Look(offset: distance + look.offset + random.whole(in: 0...20_000)))
            }
            if random.happens(0.3) {
                self.looks.append(Look(offset: distance + random.whole(in: 0...20_000), machine: 1))
            }
        }
        if random.happens(0.2) {
            let machine = Int(random.whole(in: 0...1))
            self.looks.append(Look(offset: random.whole(in: -600_000...14_400_000), machine: machine))
        }
        for index in self.looks.indices where random.happens(rates[.interrupt]) {
            self.looks[index].interruptedAfter = random.whole(in: 0...600_000)
        }
    }
}
