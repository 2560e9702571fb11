/// What befalls one night, as far as it is decided beforehand.
struct NightPlan: Sendable {
    /// Somebody who wants a backup.
    struct Caller: Sendable {
        /// When it begins, in milliseconds from the nominal time.
        var offset: Int64
        /// Whether it is a person; otherwise it is a scheduler.
        var isManual = false
        /// Whether it returns once Azure has accepted.
        var returnsOnceAccepted = false
        /// On which machine, from 0.
        var machine = 0
        /// After how many milliseconds it is asked to stop.
        var interruptedAfter: Int64?
        /// For how many milliseconds it follows what Azure has accepted, as `--timeout` says; nil for as long as it takes.
        var patience: Int64?
    }

    /// Something that happens to the world.
    enum Event: Sendable {
        /// A machine's clock is turned so many milliseconds ahead of Azure's; back to zero sets it right.
        case clock(machine: Int, ahead: Int64)
        /// The storage account goes away for so many milliseconds.
        case storageAway(Int64)
        /// Somebody breaks the lock open.
        case lockBroken
        /// Another operation takes the instance for so many milliseconds.
        case held(Int64)
    }

    private(set) var callers: [Caller]
    private(set) var events: [(offset: Int64, event: Event)] = []

    /// A night without any misfortune: one scheduler.
    static let quiet = Self()

    private init() { self.callers = [Caller(offset: 0)] }

    /// Plans a night.
    ///
    /// - Parameters:
    ///   - random: Where it all comes from.
    ///   - rates: How often what strikes.
    init(_ random: inout SplitMix, _ rates: FaultRates) {
        self.callers = [Caller(offset: random.whole(in: 0...20_000))]
        if random.happens(0.1) {
            let offset = random.happens(0.8) ? random.whole(in: 0...20_000) : random.whole(in: 20_000...1_200_000)
            self.callers.append(Caller(offset: offset, machine: 1))
        }
        if random.happens(0.07) {
            self.callers.append(Caller(offset: random.whole(in: -600_000...900_000), isManual: true, machine: 1))
        }
        for index in self.callers.indices {
            self.callers[index].returnsOnceAccepted = random.happens(0.05)
            guard random.happens(rates[.interrupt]) else { continue }
            self.callers[index].interruptedAfter = random.whole(in: 0...600_000)
        }
        self.planEvents(&random, rates)
    }

    private mutating func planEvents(_ random: inout SplitMix, _ rates: FaultRates) {
        if random.happens(rates[.clockJump]) {
            let (machine, begin) = (Int(random.whole(in: 0...1)), random.whole(in: -600_000...900_000))
            let ahead = random.whole(in: 30_000...18_000_000) * (random.happens(0.5) ? 1 : -1)
            self.events.append((begin, .clock(machine: machine, ahead: ahead)))
            self.events.append((begin + random.whole(in: 60_000...36_000_000), .clock(machine: machine, ahead: 0)))
        }
        if random.happens(rates[.storageAway]) {
            let length =
                random.happens(0.7) ? random.whole(in: 60_000...7_200_000) : random.whole(in: 7_200_000...259_200_000)
            self.events.append((random.whole(in: -600_000...900_000), .storageAway(length)))
        }
        if random.happens(rates[.lockBroken]) { self.events.append((random.whole(in: 0...600_000), .lockBroken)) }
        if random.happens(rates[.busyInstance]) {
            self.events.append((-60_000, .held(random.whole(in: 60_000...2_400_000))))
        }
    }
}
