import BackupDomain
import BackupEngine
import FoundationEssentials
import Synchronization

/// One month of nights in a world of its own: an instance, a storage account, two machines, and whatever befalls them.
///
/// Misfortunes strike for thirty nights and then stop; two quiet nights follow, after which everything must be in order.
package final class SimulatedWorld: Sendable {
    /// What is to be simulated.
    package struct Settings: Sendable {
        /// The seed; all else follows from it.
        package var seed: UInt64
        /// How many nights have misfortunes; thirty by default.
        package var nights = 30
        /// Kinds of faults that are left out.
        package var without: Set<FaultKind> = []
        /// Whether the events are kept for a reader.
        package var isTold = false

        /// Creates settings.
        ///
        /// - Parameter seed: The seed.
        package init(seed: UInt64) { self.seed = seed }
    }

    private struct State {
        var random: SplitMix
        var rates: FaultRates
        var processes = 0
        var crashes = 0
    }

    private static let day: Int64 = 86_400_000
    /// How long after the last fault all that goes on must have ended, in milliseconds.
    private static let patience: Int64 = 90 * 60_000
    /// The longest that a process may run, faults or not.
    private static let longestLife: Int64 = 27 * 3_600_000

    private let settings: Settings
    private let executor: SeededExecutor
    private let azure: SimulatedAzure
    private let network: SimulatedNetwork
    private let machines: [SimulatedMachine]
    private let story: Story
    private let faults: [FaultKind]
    private let firstNight: Int64
    private let waitsWhenBusy: Bool
    private let instance: ResourceID
    private let state: Mutex<State>

    private init?(_ settings: Settings) {
        guard let instance = ResourceID(SimulatedNames.instance) else { return nil }
        let root = SplitMix(seed: settings.seed)
        var random = root.stream(1)
        // A world in eight has no faults at all.
        let isQuiet = random.happens(0.125)
        var rates = FaultRates(&random, without: settings.without)
        if isQuiet { rates = .none }
        let day = random.whole(in: 18_262...22_000)
        self.firstNight = day * Self.day + random.whole(in: 0...23) * 3_600_000
        self.waitsWhenBusy = random.happens(0.5)
        var azureSettings = AzureState.Settings()
        azureSettings.tokenLifetime = random.happens(0.7) ? 3600 : random.whole(in: 360...86_400)
        azureSettings.pageSize = random.happens(0.8) ? 1000 : Int(random.whole(in: 1...7)) * 4
        azureSettings.hasContainers = random.happens(0.8)
        self.settings = settings
        self.instance = instance
        self.faults = rates.kinds
        self.story = Story(isTold: settings.isTold)
        self.executor = SeededExecutor(random: root.stream(2))
        let azureState = AzureState(
            settings: azureSettings,
            story: self.story,
            random: root.stream(3),
            rates: rates,
            now: self.firstNight - 7_200_000
        )
        self.azure = SimulatedAzure(azureState, executor: self.executor)
        self.network = SimulatedNetwork(random: root.stream(4), rates: rates)
        let azure = self.azure
        self.machines = (0..<2).map { _ in SimulatedMachine(azure: azure) }
        self.state = Mutex(State(random: random, rates: rates))
    }

    /// Simulates a world.
    ///
    /// - Parameter settings: What is to be simulated.
    /// - Returns: What came of it.
    package static func run(_ settings: Settings) -> WorldReport {
        guard let world = SimulatedWorld(settings) else { preconditionFailure("the simulated instance has a good id") }
        if world.executor.run({ await world.pass() }) == nil {
            let now = world.azure.now
            world.azure.with {
                $0.oracle.violate(.everythingEnds, "everything stands still or goes round in circles", at: now)
            }
        }
        let (processes, crashes) = world.state.withLock { ($0.processes, $0.crashes) }
        return world.azure.with { azure in
            WorldReport(
                seed: settings.seed,
                nights: settings.nights + 2,
                violations: azure.oracle.violations,
                digest: world.story.digest,
                story: world.story.lines,
                faults: world.faults,
                outcomes: azure.oracle.outcomes,
                backups: azure.operations.count,
                crashes: crashes,
                processes: processes,
                steps: world.executor.steps
            )
        }
    }

    // MARK: nights

    private func pass() async {
        await withDiscardingTaskGroup { group in
            for night in 0..<self.settings.nights {
                let nominal = self.firstNight + Int64(night) * Self.day
                await self.sleep(until: nominal - 1_200_000)
                let plan = self.state.withLock { NightPlan(&$0.random, $0.rates) }
                for caller in plan.callers { group.addTask { await self.call(caller, nominal) } }
                for (offset, event) in plan.events { group.addTask { await self.befall(event, at: nominal + offset) } }
            }
            await self.sleep(until: self.firstNight + Int64(self.settings.nights) * Self.day - 10_800_000)
            self.heal()
        }
        self.check(
            since: self.firstNight + Int64(self.settings.nights) * Self.day - 10_800_000,
            "what went on when the faults stopped"
        )
        var last = self.firstNight
        for night in self.settings.nights..<(self.settings.nights + 2) {
            last = self.firstNight + Int64(night) * Self.day
            await self.sleep(until: last)
            // Clocks may have been turned by what was planned before the faults stopped.
            for machine in self.machines { machine.turn(to: 0) }
            await self.call(NightPlan.Caller(offset: 0), last)
            self.check(since: last, "a night without any fault")
        }
        let run = RunID(instance: self.instance, nominalAt: Self.date(last)).text
        let now = self.azure.now
        self.azure.with { $0.oracle.conclude($0.operations, last: run, at: now) }
    }

    private static func date(_ milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    private func sleep(until moment: Int64) async {
        // Nobody cancels the world itself.
        try? await self.executor.sleep(milliseconds: max(0, moment - self.azure.now))
    }

    private func check(since moment: Int64, _ what: String) {
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

    // MARK: processes

    /// Lets somebody ask for a backup, again after each crash, but not for ever.
    private func call(_ caller: NightPlan.Caller, _ nominal: Int64) async {
        await self.sleep(until: nominal + caller.offset)
        let machine = self.machines[caller.machine]
        var order = BackupOrder(instance: self.instance, nominalAt: Self.date(nominal))
        order.trigger = caller.isManual ? .manual : .schedule
        order.returnsOnceAccepted = caller.returnsOnceAccepted
        if self.waitsWhenBusy { order.limits.busy = .seconds(1800) }
        for _ in 0..<4 {
            if caller.isManual { order.nominalAt = machine.now.wholeSeconds }
            if await self.live(order, on: machine, caller) { return }
            guard let pause = self.restartPause() else { return }
            try? await self.executor.sleep(milliseconds: pause)
        }
    }

    /// One process from its start to its end.
    ///
    /// - Returns: Whether it ended by itself.
    private func live(_ order: BackupOrder, on machine: SimulatedMachine, _ caller: NightPlan.Caller) async -> Bool {
        let (number, crash, seed, looksUp) = self.state.withLock { state in
            state.processes += 1
            let crash = Self.crash(&state.random, state.rates)
            return (state.processes, crash, state.random.next(), state.random.happens(0.1))
        }
        let process = SimulatedProcess(
            number: number,
            machine: machine,
            executor: self.executor,
            crash: crash,
            interruptedAfter: caller.interruptedAfter
        )
        let program = SimulatedProgram(
            process: process,
            azure: self.azure,
            network: self.network,
            story: self.story,
            seed: seed,
            looksUp: looksUp
        )
        let began = self.azure.now
        self.story.note(
            began,
            810,
            "process \(number) starts: \(order.trigger) for \(WireDate.story(Int64(order.nominalAt.timeIntervalSince1970 * 1000)))"
        )
        let outcome = await process.live { try await program.run(order) }
        self.note(outcome, of: number, since: began)
        return outcome != nil
    }

    private func note(_ outcome: Result<RunReport, any Error>?, of number: Int, since began: Int64) {
        let now = self.azure.now
        if now - began > Self.longestLife {
            self.azure.with {
                $0.oracle.violate(
                    .everythingEnds,
                    "process \(number) ran for \((now - began) / 3_600_000) hours",
                    at: now
                )
            }
        }
        switch outcome {
        case nil:
            self.state.withLock { $0.crashes += 1 }
            self.story.note(now, 811, "process \(number) is dead")
        case .success(let report):
            self.story.note(
                now,
                812,
                "process \(number) ends: \(report.record.run) \(report.ending) \(report.record.outcome.map { "\($0)" } ?? "")"
            )
        case .failure(let error):
            self.story.note(now, 813, "process \(number) ends with an error: \(error)")
            if "\(error)".contains(SimulatedNames.secret) {
                self.azure.with { $0.oracle.violate(.noSecretIsShown, "an error shows a token: \(error)", at: now) }
            }
        }
    }

    private static func crash(_ random: inout SplitMix, _ rates: FaultRates) -> CrashPlan? {
        guard random.happens(rates[.crash]) else { return nil }
        if random.happens(0.25) { return CrashPlan(milliseconds: random.whole(in: 0...600_000)) }
        return CrashPlan(step: Int(random.whole(in: 1...12)), moment: random.happens(0.5) ? .after : .before)
    }

    private func restartPause() -> Int64? {
        self.state.withLock { state in
            if state.random.happens(0.2) { return nil }
            return state.random.happens(0.6)
                ? state.random.whole(in: 500...60_000) : state.random.whole(in: 60_000...1_800_000)
        }
    }
}
