import Synchronization

/// Runs a whole tree of tasks on the calling thread, in an order that a seed decides, in virtual time.
///
/// Real `async` code needs no change to run here: task groups, `async let` and calls into actors inherit the executor; only
/// a bare `Task { }` would escape. When no job is runnable, time jumps to the sleeper that is due first; when nobody
/// sleeps either, the tree has come to a standstill. The same seed gives the same run, step by step.
///
/// Source: SE-0417, task executor preference.
package final class SeededExecutor: TaskExecutor {
    private struct Sleeper {
        var id: Int
        var deadline: Int64
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var random: SplitMix
        var now: Int64 = 0
        var lastID = 0
        var steps = 0
        var runnable: [UnownedJob] = []
        var sleepers: [Sleeper] = []

        /// Takes one runnable job, any of them.
        mutating func takeJob() -> UnownedJob? {
            guard let last = self.runnable.indices.last else { return nil }
            if last > 0 { self.runnable.swapAt(Int(self.random.next() % UInt64(last + 1)), last) }
            return self.runnable.removeLast()
        }

        /// Takes one of the sleepers that are due first, any of them, and moves time to its deadline.
        mutating func takeSleeper() -> Sleeper? {
            guard var chosen = self.sleepers.indices.first else { return nil }
            var rivals: UInt64 = 1
            for index in self.sleepers.indices.dropFirst() {
                if self.sleepers[index].deadline < self.sleepers[chosen].deadline {
                    (chosen, rivals) = (index, 1)
                } else if self.sleepers[index].deadline == self.sleepers[chosen].deadline {
                    rivals += 1
                    if self.random.next() % rivals == 0 { chosen = index }
                }
            }
            let sleeper = self.sleepers[chosen]
            self.sleepers.swapAt(chosen, self.sleepers.count - 1)
            self.sleepers.removeLast()
            self.now = max(self.now, sleeper.deadline)
            return sleeper
        }
    }

    private let state: Mutex<State>
    private let mostSteps: Int

    /// Creates an executor.
    ///
    /// - Parameters:
    ///   - random: Where every choice comes from.
    ///   - mostSteps: After how many steps a run is given up: whatever takes more goes round in circles.
    package init(random: SplitMix, mostSteps: Int = 200_000_000) {
        self.state = Mutex(State(random: random))
        self.mostSteps = mostSteps
    }

    /// Virtual time since the executor was made, in milliseconds.
    package var milliseconds: Int64 { self.state.withLock(\.now) }

    /// Virtual time since the executor was made.
    package var now: Duration { .milliseconds(self.milliseconds) }

    /// How many jobs have been run and sleepers woken.
    package var steps: Int { self.state.withLock(\.steps) }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        self.state.withLock { $0.runnable.append(job) }
    }

    /// Sleeps in virtual time, for whole milliseconds: documents hold no more of an instant, so that what was written reads
    /// as it was.
    ///
    /// - Parameter duration: How long; zero lets others go first.
    /// - Throws: `CancellationError` when the task is cancelled before its time.
    package func sleep(for duration: Duration) async throws {
        let (seconds, attoseconds) = duration.components
        let (whole, part) = (seconds.multipliedReportingOverflow(by: 1000), Double(attoseconds) / 1e15)
        // What lasts for so long lasts for ever.
        try await self.sleep(milliseconds: whole.overflow ? 1 << 62 : whole.partialValue + Int64(part.rounded(.up)))
    }

    /// Sleeps in virtual time.
    ///
    /// - Parameter milliseconds: How long; zero lets others go first.
    /// - Throws: `CancellationError` when the task is cancelled before its time.
    func sleep(milliseconds: Int64) async throws {
        let id = self.state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
                self.state.withLock { state in
                    let deadline = state.now + max(0, min(milliseconds, 1 << 62))
                    state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
                }
            }
        } onCancel: {
            let sleeper = self.state.withLock { state in
                state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Runs `body` and all that it starts to the end.
    ///
    /// - Parameter body: The root of the tree.
    /// - Returns: What `body` returned, or nil where the tree came to a standstill or went round in circles.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) -> Value? {
        let outcome = Outcome<Value>()
        // The root has no parent to inherit from; the loop below is what awaits it.
        Task(executorPreference: self) { outcome.value = await body() }
        while outcome.value == nil, self.step() {}
        return outcome.value
    }

    /// Runs one job, or wakes one sleeper where no job is runnable.
    ///
    /// - Returns: Whether there was anything to do.
    private func step() -> Bool {
        let job = self.state.withLock { state in
            state.steps += 1
            return state.steps > self.mostSteps ? nil : state.takeJob()
        }
        if let job {
            unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
            return true
        }
        let sleeper = self.state.withLock { $0.steps > self.mostSteps ? nil : $0.takeSleeper() }
        sleeper?.continuation.resume()
        return sleeper != nil
    }
}

/// Where the root task leaves its result; written and read on one thread, one after the other.
private final class Outcome<Value: Sendable>: Sendable {
    private let stored = Mutex<Value?>(nil)

    var value: Value? {
        get { self.stored.withLock { $0 } }
        set { self.stored.withLock { $0 = newValue } }
    }
}
