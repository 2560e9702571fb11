import BackupDomain
import BackupEngine
import Synchronization

/// What is done for the backups, as time passes.
extension SimulatedWorld {
    /// The last step at which a process that looks after backups may die: it writes a document for each.
    private static let steps: Int64 = 40

    /// Does a chore; nobody does it again after a crash, for the next night brings another.
    func run(_ errand: UpkeepPlan.Errand, _ nominal: Int64) async {
        await self.sleep(until: nominal + errand.offset)
        await self.upkeep(errand)
    }

    /// Verifies again and again, as who is in a hurry does, where a run ended and nobody has seen what became of its backup.
    ///
    /// - Parameter moment: Since when the run may have ended.
    func verifyAgain(since moment: Int64) async {
        guard self.hurry != nil, self.course[.verify] > 0, self.azure.with({ $0.oracle.hasUnseen(since: moment) })
        else { return }
        for _ in 0..<3 {
            let pause = self.state.withLock { $0.hurry.whole(in: 60_000...10_800_000) }
            guard self.azure.now + pause < self.healing else { return }
            await self.sleep(until: self.azure.now + pause)
            await self.upkeep(UpkeepPlan.Errand(offset: 0, chore: .verify, machine: 0, choice: 0))
        }
    }

    /// Looks after the backups once no fault strikes any more.
    func tidyUp(after nominal: Int64) async {
        guard !self.course.chores.isEmpty else { return }
        for chore in [Chore.prune, .verify, .status] where chore == .status || self.course[chore] > 0 {
            await self.upkeep(UpkeepPlan.Errand(offset: 0, chore: chore, machine: 0, choice: 0))
        }
    }

    private func upkeep(_ errand: UpkeepPlan.Errand) async {
        let policies = self.course.policies
        let policy = policies[Int(errand.choice % UInt64(policies.count))]
        let program = self.state.withLock { state in
            state.processes += 1
            let (rates, number) = (state.rates, state.processes)
            let machine = self.machines[errand.machine]
            return self.program(number, &state.upkeep, rates, on: machine, steps: Self.steps)
        }
        let work = Oracle.Work(began: self.azure.now, policy: errand.chore == .prune ? policy : nil)
        let instance = InstanceKey(self.instance)
        _ = await self.follow(program, "\(errand.chore)", work) {
            let end = try await program.upkeep(errand.chore, of: instance, by: policy, choosing: errand.choice >> 8)
            return "\(errand.chore): \(end)"
        }
    }
}
