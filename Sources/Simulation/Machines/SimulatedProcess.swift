import BackupDomain
import BackupEngine
import FoundationEssentials
import Synchronization

/// One life of the program on a machine.
///
/// A process that has died does nothing any more: its calls and sleeps end as cancelled, and its tasks with them.
final class SimulatedProcess: WallClock {
    private struct Life {
        var isDead = false
        var steps = 0
    }

    let number: Int
    let machine: SimulatedMachine
    let executor: SeededExecutor
    let crash: CrashPlan?
    /// After how many milliseconds the operator asks the process to stop.
    let interruptedAfter: Int64?
    let stop = StopSignal()
    private let life = Mutex(Life())

    /// Starts a process.
    init(
        number: Int,
        machine: SimulatedMachine,
        executor: SeededExecutor,
        crash: CrashPlan?,
        interruptedAfter: Int64? = nil
    ) {
        self.number = number
        self.machine = machine
        self.executor = executor
        self.crash = crash
        self.interruptedAfter = interruptedAfter
    }

    /// Whether the process has died.
    var isDead: Bool { self.life.withLock(\.isDead) }

    /// Ends the process where it stands.
    func die() { self.life.withLock { $0.isDead = true } }

    /// Refuses everything to a dead process.
    ///
    /// - Throws: `CancellationError`
    func requireAlive() throws {
        if self.isDead { throw CancellationError() }
    }

    /// Counts a step that Azure sees.
    ///
    /// - Returns: Where in it the process dies, if it does.
    func countStep() -> CrashPlan.Moment? {
        let steps = self.life.withLock { life in
            life.steps += 1
            return life.steps
        }
        return self.crash.flatMap { $0.step == steps ? $0.moment : nil }
    }

    var now: Date { self.machine.now }

    var uptime: Duration { self.executor.now }

    func sleep(for duration: Duration) async throws {
        try self.requireAlive()
        guard duration > .zero else { return }
        try await self.executor.sleep(for: duration)
        try self.requireAlive()
    }

    /// Does something as this process, until it is done or the process dies.
    ///
    /// - Parameter body: What to do.
    /// - Returns: What came of it; nil where the process died.
    func live<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async -> Result<Value, any Error>?
    {
        await withTaskGroup(of: Result<Value, any Error>?.self) { group in
            group.addTask {
                do {
                    return .success(try await body())
                } catch {
                    return .failure(error)
                }
            }
            if let milliseconds = self.crash?.milliseconds {
                self.after(milliseconds, in: &group) { self.die() }
            }
            if let milliseconds = self.interruptedAfter {
                self.after(milliseconds, in: &group) { self.stop.raise() }
            }
            defer { group.cancelAll() }
            while let outcome = await group.next() {
                if self.isDead { return nil }
                if let outcome { return outcome }
            }
            return nil
        }
    }

    private func after<Value>(
        _ milliseconds: Int64,
        in group: inout TaskGroup<Result<Value, any Error>?>,
        _ body: @escaping @Sendable () -> Void
    ) {
        group.addTask {
            if (try? await self.executor.sleep(milliseconds: milliseconds)) != nil { body() }
            return nil
        }
    }
}
