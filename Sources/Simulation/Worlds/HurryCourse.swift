/// How often somebody in one world backs up by hand who has little time, and leaves the run to the next process where it takes longer;
/// who restores there has little time, too.
struct HurryCourse: Sendable {
    private let rate: Double

    /// Draws a course; nil where nobody is in a hurry.
    ///
    /// - Parameter random: Where it comes from.
    init?(_ random: inout SplitMix) {
        guard random.happens(0.25) else { return nil }
        self.rate = random.unit() * 0.4
    }

    /// Plans who backs up around one night: alone, beside the scheduler, or two of them.
    ///
    /// - Parameters:
    ///   - random: Where it comes from.
    ///   - rates: How often what strikes.
    /// - Returns: Who backs up.
    func callers(_ random: inout SplitMix, _ rates: FaultRates) -> [NightPlan.Caller] {
        guard random.happens(self.rate) else { return [] }
        let offset = random.whole(in: -900_000...1_800_000)
        return (0..<(random.happens(0.3) ? 2 : 1)).map { index in
            NightPlan.Caller(
                offset: offset + (index == 0 ? 0 : random.whole(in: 0...600_000)),
                isManual: true,
                machine: Int(random.whole(in: 0...1)),
                interruptedAfter: random.happens(rates[.interrupt]) ? random.whole(in: 0...600_000) : nil,
                patience: Self.patience(&random)
            )
        }
    }

    /// Draws for how many milliseconds somebody follows what Azure has accepted.
    ///
    /// - Parameter random: Where it comes from.
    /// - Returns: How long: mostly for less than a backup takes.
    static func patience(_ random: inout SplitMix) -> Int64 {
        random.happens(0.7) ? random.whole(in: 0...300_000) : random.whole(in: 300_000...7_200_000)
    }
}
