/// How often somebody restores in one world: in place, the newest good backup or one of some days ago.
struct RestoreCourse: Sendable {
    /// Somebody who confirms a restore.
    struct Errand: Sendable {
        /// When, in milliseconds from the nominal time.
        var offset: Int64
        /// On which machine, from 0.
        var machine: Int
        /// How many days old the backup is to be at least; nil for the newest.
        var age: Int64?
        /// After how many milliseconds somebody asks the process to stop.
        var interruptedAfter: Int64?
        /// For how many milliseconds it is followed once Azure has accepted; nil for as long as it takes.
        var patience: Int64?
    }

    private let rate: Double

    /// Draws a course; nil where nobody restores.
    ///
    /// - Parameter random: Where it comes from.
    init?(_ random: inout SplitMix) {
        guard random.happens(0.25) else { return nil }
        self.rate = random.unit() * 0.2
    }

    /// Plans what is restored after one night: mostly while nothing else goes on, else while a backup is made.
    ///
    /// - Parameters:
    ///   - random: Where it comes from.
    ///   - rates: How often what strikes.
    ///   - pace: How long after one night the next one comes, in milliseconds.
    /// - Returns: Who restores; two at once now and then.
    func errands(_ random: inout SplitMix, _ rates: FaultRates, pace: Int64) -> [Errand] {
        guard random.happens(self.rate) else { return [] }
        // The last three hours before the next night belong to the end of the misfortunes.
        let latest = pace - 16_200_000
        let offset = random.happens(0.3) ? random.whole(in: -600_000...1_800_000) : random.whole(in: 0...latest)
        return (0..<(random.happens(0.2) ? 2 : 1)).map { index in
            Errand(
                offset: offset + (index == 0 ? 0 : random.whole(in: 0...120_000)),
                machine: Int(random.whole(in: 0...1)),
                age: random.happens(0.3) ? random.whole(in: 1...20) : nil,
                interruptedAfter: random.happens(rates[.interrupt]) ? random.whole(in: 0...600_000) : nil
            )
        }
    }
}
