import BackupDomain
import BackupEngine
import FoundationEssentials
import Synchronization

/// A month of nights or more in a world of its own: an instance, a storage account, two machines, and whatever befalls them.
///
/// Misfortunes strike for thirty nights and then stop; two quiet nights follow, after which everything must be in order. Half
/// of the worlds look after their backups, too: those live so long that backups expire.
package final class SimulatedWorld: Sendable {
    /// What changes while time passes.
    struct State {
        var random: SplitMix
        var upkeep: SplitMix
        var schedule: SplitMix
        var restores: SplitMix
        var hurry: SplitMix
        var rates: FaultRates
        var processes = 0
        var crashes = 0
    }

    private static let day: Int64 = 86_400_000
    /// How long after the last fault all that goes on must have ended, in milliseconds.
    private static let patience: Int64 = 90 * 60_000
    /// The longest that a process may run, faults or not.
    static let longestLife: Int64 = 27 * 3_600_000

    let settings: Settings
    let executor: SeededExecutor
    let azure: SimulatedAzure
    let network: SimulatedNetwork
    let machines: [SimulatedMachine]
    let story: Story
    /// How it looks after its backups.
    let course: UpkeepCourse
    /// The schedule by which its machines look for what is due; nil where somebody asks for each night's backup.
    let schedule: ScheduleCourse?
    /// How often somebody restores; nil where nobody does.
    private let restores: RestoreCourse?
    /// How often somebody backs up who has little time; nil where nobody is in a hurry.
    let hurry: HurryCourse?
    private let faults: [FaultKind]
    private let nights: Int
    /// How long after one night the next one comes, in milliseconds.
    private let pace: Int64
    private let firstNight: Int64
    let waitsWhenBusy: Bool
    /// What all processes together remember of the catalog; nil in one world of sixteen, which decodes whatever it reads.
    private let remembered: RememberedDocuments?
    let instance: ResourceID
    let state: Mutex<State>

    private init?(_ settings: Settings) {
        guard let instance = ResourceID(SimulatedNames.instance) else { return nil }
        let root = SplitMix(seed: settings.seed)
        var random = root.stream(1)
        // A world in eight has no faults at all.
        let isQuiet = random.happens(0.125)
        var upkeep = root.stream(5)
        let course = UpkeepCourse(&upkeep, without: settings.withoutChores)
        var rates = FaultRates(&random, upkeep: &upkeep, without: settings.without)
        if isQuiet { rates = .none }
        let day = random.whole(in: 18_262...22_000)
        let night = day * Self.day + random.whole(in: 0...23) * 3_600_000
        var looks = root.stream(6)
        let isScheduled = looks.happens(0.15) && !settings.withoutSchedule
        let schedule = isScheduled ? ScheduleCourse(&looks) : nil
        self.firstNight = schedule.map { Int64($0.start(&looks)) * 1000 } ?? night
        self.schedule = schedule
        var restores = root.stream(9)
        self.restores = settings.withoutRestores ? nil : RestoreCourse(&restores)
        var hurry = root.stream(11)
        self.hurry = settings.withoutHurry ? nil : HurryCourse(&hurry)
        self.waitsWhenBusy = random.happens(0.5)
        var memory = root.stream(10)
        self.remembered = memory.happens(0.0625) ? nil : RememberedDocuments()
        var azureSettings = AzureState.Settings()
        azureSettings.tokenLifetime = random.happens(0.7) ? 3600 : random.whole(in: 360...86_400)
        azureSettings.pageSize = random.happens(0.8) ? 1000 : Int(random.whole(in: 1...7)) * 4
        azureSettings.hasContainers = random.happens(0.8)
        azureSettings.usualBytes = Int(upkeep.whole(in: 200_000...900_000))
        azureSettings.keepsDeleted = [nil, false, true][Int(upkeep.whole(in: 0...2))]
        azureSettings.isVersioned = upkeep.happens(0.2)
        self.settings = settings
        self.course = course
        self.nights = settings.nights ?? course.nights
        self.pace = course.daysBetween * Self.day
        self.instance = instance
        self.faults = rates.kinds.filter { !course.chores.isEmpty || !$0.isOfUpkeep }
        self.story = Story(isTold: settings.isTold)
        self.executor = SeededExecutor(random: root.stream(2))
        var azureState = AzureState(
            settings: azureSettings,
            story: self.story,
            random: root.stream(3),
            rates: rates,
            now: self.firstNight - 7_200_000
        )
        azureState.oracle.course = schedule
        self.azure = SimulatedAzure(azureState, executor: self.executor)
        self.network = SimulatedNetwork(random: root.stream(4), rates: rates)
        let azure = self.azure
        self.machines = (0..<2).map { _ in SimulatedMachine(azure: azure) }
        self.state = Mutex(
            State(
                random: random,
                upkeep: upkeep,
                schedule: looks,
                restores: restores,
                hurry: hurry,
                rates: rates
            )
        )
    }

    /// Simulates a world.
    ///
    /// - Parameter settings: What is to be simulated.
    /// - Returns: What came of it.
    package static func run(_ settings: Settings) -> WorldReport {
        guard let world = SimulatedWorld(settings) else { preconditionFailure("the simulated instance has a good id") }
        if world.executor.run({ await world.pass(remembering: world.remembered) }) == nil {
            let now = world.azure.now
            world.azure.with {
                $0.oracle.violate(.everythingEnds, "everything stands still or goes round in circles", at: now)
            }
        }
        let (processes, crashes) = world.state.withLock { ($0.processes, $0.crashes) }
        return world.azure.with { azure in
            WorldReport(
                seed: settings.seed,
                nights: world.nights + 2,
                days: (world.nights + 2) * Int(world.course.daysBetween),
                violations: azure.oracle.violations,
                digest: world.story.digest,
                story: world.story.lines,
                faults: world.faults,
                chores: world.course.chores,
                isScheduled: world.schedule != nil,
                hasRestores: world.restores != nil,
                hasHurry: world.hurry != nil,
                outcomes: azure.oracle.outcomes,
                backups: azure.operations.count { !$0.isRestore },
                restores: azure.operations.count(where: \.isRestore),
                leavings: azure.oracle.leavings.values.reduce(0) { $0 + $1.count },
                crashes: crashes,
                processes: processes,
                steps: world.executor.steps
            )
        }
    }

    // MARK: nights

    private func pass(remembering documents: RememberedDocuments?) async {
        await RememberedDocuments.$current.withValue(documents) { await self.pass() }
    }

    private func pass() async {
        let healing = self.healing
        await withDiscardingTaskGroup { group in
            for night in 0..<self.nights {
                let nominal = self.nominal(night)
                await self.sleep(until: nominal - 1_200_000)
                let (plan, upkeep) = self.state.withLock { state in
                    (NightPlan(&state.random, state.rates), UpkeepPlan(&state.upkeep, self.course, state.rates))
                }
                for caller in plan.callers where self.schedule == nil || caller.isManual {
                    group.addTask { await self.call(caller, nominal) }
                }
                if let schedule = self.schedule { self.look(schedule, nominal, in: &group) }
                for (offset, event) in plan.events {
                    group.addTask { await self.befall(event, at: nominal + offset) }
                }
                for caller in self.hurried() { group.addTask { await self.call(caller, nominal) } }
                for errand in self.errands() { group.addTask { await self.restore(errand, nominal) } }
                for errand in upkeep.errands { group.addTask { await self.run(errand, nominal) } }
                for (offset, event) in upkeep.events {
                    group.addTask { await self.befall(event, at: nominal + offset) }
                }
            }
            await self.sleep(until: healing)
            self.heal()
        }
        self.check(since: healing, "what went on when the faults stopped")
        var (last, looked) = (self.firstNight, self.firstNight)
        for night in self.nights..<(self.nights + 2) {
            last = self.nominal(night)
            await self.sleep(until: self.schedule == nil ? last : last - 3_600_000)
            // Clocks may have been turned by what was planned before the faults stopped.
            for machine in self.machines { machine.turn(to: 0) }
            if self.restores != nil { _ = await self.followRestore(on: 0) }
            if let schedule = self.schedule {
                looked = await self.lookQuietly(schedule, last)
                last = self.azure.now
            } else {
                await self.call(NightPlan.Caller(offset: 0), last)
            }
            await self.tidyUp(after: last)
            self.check(since: last, "a night without any fault")
        }
        let run = RunID(instance: self.instance, nominalAt: Self.date(last)).text
        let end = looked
        self.azure.with { azure in
            let isUpkept = !self.course.chores.isEmpty
            azure.oracle.conclude(
                azure.account,
                last: self.schedule == nil ? run : nil,
                isUpkept: isUpkept
            )
            azure.oracle.concludeSchedule(looked: end, self.instance, at: azure.now)
        }
    }

    /// Who restores after the night that begins now.
    private func errands() -> [RestoreCourse.Errand] {
        guard let restores = self.restores else { return [] }
        return self.state.withLock { state in
            var errands = restores.errands(&state.restores, state.rates, pace: self.pace)
            guard self.hurry != nil else { return errands }
            for index in errands.indices { errands[index].patience = HurryCourse.patience(&state.hurry) }
            return errands
        }
    }

    /// Who backs up in a hurry around the night that begins now.
    private func hurried() -> [NightPlan.Caller] {
        guard let hurry = self.hurry else { return [] }
        return self.state.withLock { hurry.callers(&$0.hurry, $0.rates) }
    }

    /// When the faults stop: three hours before the first quiet night.
    var healing: Int64 { self.nominal(self.nights) - 10_800_000 }

    /// The nominal time of a night, counted from 0.
    private func nominal(_ night: Int) -> Int64 { self.firstNight + Int64(night) * self.pace }

    static func date(_ milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    func sleep(until moment: Int64) async {
        // Nobody cancels the world itself.
        try? await self.executor.sleep(milliseconds: max(0, moment - self.azure.now))
    }

    func check(since moment: Int64, _ what: String) {
        let now = self.azure.now
        guard now - moment > Self.patience else { return }
        self.azure.with {
            $0.oracle.violate(.everythingEnds, "\(what) took \((now - moment) / 60_000) minutes", at: now)
        }
    }

    /// Ends all faults, and lets no operation last for much longer.
    private func heal() {
        let now = self.azure.now
        self.story.note(now, 800, "the faults stop")
        self.state.withLock { $0.rates = .none }
        self.network.set(.none)
        for machine in self.machines { machine.turn(to: 0) }
        self.azure.with { azure in
            azure.rates = .none
            azure.storageAway = 0..<0
            azure.heldUntil = 0
            azure.release()
            if let last = azure.operations.indices.last, azure.operations[last].endsAt > now + 1_800_000 {
                azure.operations[last].endsAt = now + 1_800_000
                if azure.operations[last].blobAt != nil { azure.operations[last].blobAt = now + 1_800_000 }
            }
            azure.expectChange()
        }
    }

    private func befall(_ event: NightPlan.Event, at moment: Int64) async {
        await self.sleep(until: moment)
        guard self.state.withLock({ !$0.rates.kinds.isEmpty }) else { return }
        self.story.note(self.azure.now, 801, "\(event)")
        switch event {
        case .clock(let machine, let ahead): self.machines[machine].turn(to: ahead)
        case .storageAway(let length): self.azure.with { $0.storageAway = moment..<(moment + length) }
        case .lockBroken:
            self.azure.with { azure in
                for name in azure.catalog.names where !name.hasSuffix(".json") {
                    _ = azure.catalog.lease("break", name, id: "", seconds: 0, at: azure.now)
                }
            }
        case .held(let length): self.azure.with { $0.heldUntil = moment + length }
        }
    }

    private func befall(_ event: UpkeepPlan.Event, at moment: Int64) async {
        await self.sleep(until: moment)
        self.azure.with { $0.befall(event) }
    }
}
