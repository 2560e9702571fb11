import BackupDomain
import BackupEngine
import FoundationEssentials
import Synchronization

/// The lives of processes that back up.
extension SimulatedWorld {
    /// Lets somebody ask for a backup, again after each crash, but not for ever.
    func call(_ caller: NightPlan.Caller, _ nominal: Int64) async {
        await self.sleep(until: nominal + caller.offset)
        let machine = self.machines[caller.machine]
        var order = BackupOrder(instance: self.instance, nominalAt: Self.date(nominal))
        order.trigger = caller.isManual ? .manual : .schedule
        order.returnsOnceAccepted = caller.returnsOnceAccepted
        order.limits.patience = caller.patience.map { .milliseconds($0) }
        if self.waitsWhenBusy { order.limits.busy = .seconds(1800) }
        let wanted = order
        await self.restarting {
            var order = wanted
            if caller.isManual { order.nominalAt = machine.now.wholeSeconds }
            return await self.live(order, on: machine, caller)
        }
        await self.verifyAgain(since: nominal + caller.offset)
    }

    /// Does something again after each crash, but not for ever.
    ///
    /// - Parameter body: One life of a process; says whether it ended by itself.
    func restarting(_ body: () async -> Bool) async {
        for _ in 0..<4 {
            if await body() { return }
            guard let pause = self.state.withLock({ Self.restartPause(&$0.random) }) else { return }
            try? await self.executor.sleep(milliseconds: pause)
        }
    }

    /// One process from its start to its end.
    ///
    /// - Returns: Whether it ended by itself.
    private func live(_ order: BackupOrder, on machine: SimulatedMachine, _ caller: NightPlan.Caller) async -> Bool {
        let program = self.state.withLock { state in
            state.processes += 1
            let (rates, number) = (state.rates, state.processes)
            return self.program(number, &state.random, rates, on: machine, steps: 12, caller.interruptedAfter)
        }
        let seconds = Int64(order.nominalAt.timeIntervalSince1970)
        let hurry = caller.patience.map { ", with time for \($0 / 1000) s" } ?? ""
        let what = "\(order.trigger) for \(WireDate.story(seconds * 1000))\(hurry)"
        let work = Oracle.Work(began: self.azure.now, patience: caller.patience)
        return await self.follow(program, what, work) { program.told(try await program.run(order)) }
    }

    /// Composes the program for a new process, with the crash that is in store for it.
    ///
    /// - Parameters:
    ///   - number: The process's number.
    ///   - random: Where chance comes from.
    ///   - rates: How often processes die.
    ///   - machine: Where the process runs.
    ///   - steps: The last step at which it may die.
    ///   - interruptedAfter: When somebody asks it to stop; nil for never.
    /// - Returns: The program.
    func program(
        _ number: Int,
        _ random: inout SplitMix,
        _ rates: FaultRates,
        on machine: SimulatedMachine,
        steps: Int64,
        _ interruptedAfter: Int64? = nil
    ) -> SimulatedProgram {
        let crash = Self.crash(&random, rates, steps)
        let process = SimulatedProcess(
            number: number,
            machine: machine,
            executor: self.executor,
            crash: crash,
            interruptedAfter: interruptedAfter
        )
        return SimulatedProgram(
            process: process,
            azure: self.azure,
            network: self.network,
            story: self.story,
            seed: random.next(),
            looksUp: random.happens(0.1)
        )
    }

    /// Lets a process live, and looks how it ends.
    ///
    /// - Parameters:
    ///   - program: The program.
    ///   - what: What it does, for the story.
    ///   - work: What the oracle is to know of it.
    ///   - body: What it does; says what came of it.
    /// - Returns: Whether it ended by itself.
    func follow(
        _ program: SimulatedProgram,
        _ what: String,
        _ work: Oracle.Work,
        _ body: @escaping @Sendable () async throws -> String
    ) async -> Bool {
        let number = program.process.number
        self.azure.with { $0.oracle.works[number] = work }
        self.story.note(work.began, 810, "process \(number) starts: \(what)")
        let outcome = await program.process.live(body)
        let now = self.azure.now
        let runs = self.azure.with { $0.oracle.works[number]?.runs ?? 0 }
        if now - work.began > Self.longestLife * Int64(max(1, runs)) {
            let hours = (now - work.began) / 3_600_000
            self.azure.with { $0.oracle.violate(.everythingEnds, "process \(number) ran for \(hours) hours", at: now) }
        }
        switch outcome {
        case nil:
            self.state.withLock { $0.crashes += 1 }
            self.story.note(now, 811, "process \(number) is dead")
        case .success(let end): self.story.note(now, 812, "process \(number) ends: \(end)")
        case .failure(let error):
            self.story.note(now, 813, "process \(number) ends with an error: \(error)")
            if "\(error)".contains(SimulatedNames.secret) {
                self.azure.with { $0.oracle.violate(.noSecretIsShown, "an error shows a token: \(error)", at: now) }
            }
        }
        return outcome != nil
    }

    private static func crash(_ random: inout SplitMix, _ rates: FaultRates, _ steps: Int64) -> CrashPlan? {
        guard random.happens(rates[.crash]) else { return nil }
        if random.happens(0.25) { return CrashPlan(milliseconds: random.whole(in: 0...600_000)) }
        return CrashPlan(step: Int(random.whole(in: 1...steps)), moment: random.happens(0.5) ? .after : .before)
    }

    /// How long after a crash a process is started again; nil for never.
    static func restartPause(_ random: inout SplitMix) -> Int64? {
        if random.happens(0.2) { return nil }
        return random.happens(0.6) ? random.whole(in: 500...60_000) : random.whole(in: 60_000...1_800_000)
    }
}
