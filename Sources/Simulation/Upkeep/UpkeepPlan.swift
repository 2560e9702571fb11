/// What befalls the container of backups after one night, and what is done about it.
struct UpkeepPlan: Sendable {
    /// A chore that somebody does.
    struct Errand: Sendable {
        /// When it begins, in milliseconds from the nominal time.
        var offset: Int64
        var chore: Chore
        /// On which machine, from 0.
        var machine: Int
        /// Chooses among what there is when it begins: a policy, a backup.
        var choice: UInt64
    }

    /// Something that somebody does to the container.
    enum Event: Sendable {
        /// A backup is deleted.
        case vanish(choice: UInt64)
        /// A backup is written over, with this share of its size in percent; it may get another time of creation.
        case replace(choice: UInt64, percent: Int, isNew: Bool)
        /// Somebody else's blob appears.
        case appear(StrangersBlob)
        /// A backup is protected for so many milliseconds.
        case protect(choice: UInt64, Protection, Int64)
        /// The identity may not delete for so many milliseconds.
        case deny(Int64)
        /// The instance is all but empty for so many milliseconds.
        case empty(Int64)
    }

    /// What protects.
    enum Protection: Int, Sendable, CaseIterable {
        case lease, immutability, legalHold, containerPolicy
    }

    private(set) var errands: [Errand] = []
    private(set) var events: [(offset: Int64, event: Event)] = []

    /// Plans what follows one night.
    ///
    /// - Parameters:
    ///   - random: Where it all comes from.
    ///   - course: How often what is done.
    ///   - rates: How often what strikes.
    init(_ random: inout SplitMix, _ course: UpkeepCourse, _ rates: FaultRates) {
        guard !course.chores.isEmpty else { return }
        // The last three hours before the next night belong to the end of the misfortunes.
        let latest = course.daysBetween * 86_400_000 - 16_200_000
        for chore in Chore.allCases where random.happens(course[chore]) {
            // Two at once now and then.
            for _ in 0..<(random.happens(0.15) ? 2 : 1) {
                self.errands.append(
                    Errand(
                        offset: Self.moment(&random, latest),
                        chore: chore,
                        machine: Int(random.whole(in: 0...1)),
                        choice: random.next()
                    )
                )
            }
        }
        for kind in FaultKind.allCases where kind.isOfUpkeep && random.happens(rates[kind]) {
            guard let event = Self.event(kind, &random) else { continue }
            self.events.append((Self.moment(&random, latest), event))
        }
    }

    /// Half of all falls into the time of the run.
    private static func moment(_ random: inout SplitMix, _ latest: Int64) -> Int64 {
        random.happens(0.5) ? random.whole(in: -600_000...1_800_000) : random.whole(in: 0...latest)
    }

    private static func event(_ kind: FaultKind, _ random: inout SplitMix) -> Event? {
        let choice = random.next()
        switch kind {
        case .vanishingBlob: return .vanish(choice: choice)
        case .replacedBlob:
            let percent = [0, 10, 95, 100, 130][Int(random.whole(in: 0...4))]
            return .replace(choice: choice, percent: percent, isNew: random.happens(0.5))
        case .strangersBlob:
            return .appear(StrangersBlob.allCases[Int(choice % UInt64(StrangersBlob.allCases.count))])
        case .protectedBlob:
            let protection = Protection.allCases[Int(random.whole(in: 0...3))]
            return .protect(choice: choice, protection, random.whole(in: 60_000...864_000_000))
        case .deniedDeletion: return .deny(random.whole(in: 3_600_000...864_000_000))
        case .emptiedInstance: return .empty(random.whole(in: 86_400_000...1_296_000_000))
        default: return nil
        }
    }
}
