import BackupDomain

/// How one world looks after its backups: how often what is done, by which policies, and how often backups are due.
struct UpkeepCourse: Sendable {
    private var rates: [Double]
    /// What operators prune by: mostly one policy, sometimes two.
    private(set) var policies: [RetentionPolicy]
    /// How many days lie between two backups.
    private(set) var daysBetween: Int64 = 1
    /// How many nights have misfortunes: so many that backups expire.
    private(set) var nights = 30

    /// Draws a course.
    ///
    /// - Parameters:
    ///   - random: Where it comes from; every chore draws, whether it is left out or not.
    ///   - excluded: Chores that are left out.
    init(_ random: inout SplitMix, without excluded: Set<Chore>) {
        let isUpkept = random.happens(0.5)
        self.rates = Chore.allCases.map { chore in
            let (isPresent, part) = (random.happens(0.7), random.unit())
            return isUpkept && isPresent && !excluded.contains(chore) ? part * chore.highestRate : 0
        }
        self.policies = (0..<2).map { _ in RetentionPolicy(&random) }
        if random.happens(0.7) { self.policies.removeLast() }
        let (isSparse, days, nights) = (random.happens(0.5), random.whole(in: 2...10), random.whole(in: 33...50))
        guard self.rates.contains(where: { $0 > 0 }) else { return }
        if isSparse { self.daysBetween = days } else { self.nights = Int(nights) }
    }

    /// How often a chore is done, per night.
    subscript(chore: Chore) -> Double { self.rates[chore.rawValue] }

    /// The chores that are done at all.
    var chores: [Chore] { Chore.allCases.filter { self[$0] > 0 } }
}

extension RetentionPolicy {
    /// Draws a policy: any mixture of rules, few of which a person would choose.
    fileprivate init(_ random: inout SplitMix) {
        self.init()
        if random.happens(0.4) { self.keepLast = Int(random.whole(in: 1...6)) }
        if random.happens(0.1) { self.keepHourly = Int(random.whole(in: 1...6)) }
        if random.happens(0.3) { self.keepDaily = Int(random.whole(in: 1...10)) }
        if random.happens(0.2) { self.keepWeekly = Int(random.whole(in: 1...4)) }
        if random.happens(0.2) { self.keepMonthly = Int(random.whole(in: 1...3)) }
        if random.happens(0.1) { self.keepYearly = 1 }
        if random.happens(0.4) { self.keepWithinDays = Int(random.whole(in: 1...40)) }
        self.minGood = Int(random.whole(in: 0...6))
        self.maxDeletions = Int(random.whole(in: 1...10))
        self.shrinkGuard = random.happens(0.2) ? 0 : Double(random.whole(in: 50...90)) / 100
    }
}
