import BackupDomain
import BackupEngine
import Synchronization

/// Those who restore.
extension SimulatedWorld {
    /// The last step at which a process that restores may die.
    private static let steps: Int64 = 10

    /// Lets somebody restore; after a crash the restore is followed, for another one would want another confirmation.
    func restore(_ errand: RestoreCourse.Errand, _ nominal: Int64) async {
        await self.sleep(until: nominal + errand.offset)
        let instance = self.instance
        var isBegun = false
        await self.restarting {
            defer { isBegun = true }
            if isBegun { return await self.followRestore(on: errand.machine) }
            return await self.live(on: errand.machine, errand.interruptedAfter, errand.patience, "a restore") {
                program in
                let patience: Duration? = errand.patience.map { .milliseconds($0) }
                return try await program.restore(instance, age: errand.age, patience: patience)
            }
        }
    }

    /// Follows what was left behind of a restore.
    ///
    /// - Parameter machine: On which machine.
    /// - Returns: Whether the process ended by itself.
    func followRestore(on machine: Int) async -> Bool {
        let instance = self.instance
        return await self.live(on: machine, nil, nil, "the restore that was left") { program in
            try await program.resumeRestore(of: instance)
        }
    }

    private func live(
        on machine: Int,
        _ interruptedAfter: Int64?,
        _ patience: Int64?,
        _ what: String,
        _ body: @escaping @Sendable (SimulatedProgram) async throws -> String
    ) async -> Bool {
        let program = self.state.withLock { state in
            state.processes += 1
            let (rates, number, machine) = (state.rates, state.processes, self.machines[machine])
            return self.program(number, &state.restores, rates, on: machine, steps: Self.steps, interruptedAfter)
        }
        let work = Oracle.Work(began: self.azure.now, patience: patience)
        return await self.follow(program, what, work) { try await body(program) }
    }
}
