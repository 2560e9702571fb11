import BackupDomain
import BackupEngine
import Synchronization

/// What machines do that look for what is due.
extension SimulatedWorld {
    /// The last step at which a process that looks may die: it decides, and makes a backup or several.
    private static let steps: Int64 = 20

    /// Lets machines look for what is due in one night.
    func look(_ course: ScheduleCourse, _ nominal: Int64, in group: inout DiscardingTaskGroup) {
        let plan = self.state.withLock { SchedulePlan(&$0.schedule, course, nominal, $0.rates) }
        for look in plan.looks { group.addTask { await self.look(look, course, nominal) } }
    }

    /// Lets a machine look, again after each crash, but not for ever.
    private func look(_ look: SchedulePlan.Look, _ course: ScheduleCourse, _ nominal: Int64) async {
        await self.sleep(until: nominal + look.offset)
        await self.restarting { await self.lookOnce(look, course) }
    }

    /// Lets a machine look as long as no misfortune strikes, and everything that is due come to its end.
    ///
    /// - Returns: When it looked last, in milliseconds since 1970.
    func lookQuietly(_ course: ScheduleCourse, _ nominal: Int64) async -> Int64 {
        var last = nominal
        for look in SchedulePlan.quiet {
            await self.sleep(until: nominal + look.offset)
            last = self.azure.now
            _ = await self.lookOnce(look, course)
            self.check(since: last, "a look at the schedule without any fault")
        }
        return last
    }

    private func lookOnce(_ look: SchedulePlan.Look, _ course: ScheduleCourse) async -> Bool {
        let machine = self.machines[look.machine]
        let program = self.state.withLock { state in
            state.processes += 1
            let (rates, number) = (state.rates, state.processes)
            return self.program(
                number,
                &state.schedule,
                rates,
                on: machine,
                steps: Self.steps,
                look.interruptedAfter
            )
        }
        var order = BackupOrder(instance: self.instance, nominalAt: machine.now)
        if self.waitsWhenBusy { order.limits.busy = .seconds(1800) }
        let (instance, wanted) = (self.instance, order)
        let refusals = self.state.withLock { $0.rates.kinds.isEmpty ? 0 : course.refusals }
        return await self.follow(program, "what is due", Oracle.Work(began: self.azure.now)) {
            try await program.due(instance, course, wanted, refusals: refusals)
        }
    }
}
