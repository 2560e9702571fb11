import BackupDomain
package import FoundationEssentials
import Synchronization

/// A wall clock that moves only when told to, or by the sleeps of those who use it.
///
/// Code under test sleeps on it; the test waits until the code *is* sleeping, then advances. Nothing polls and nothing
/// depends on how fast the machine is:
///
/// ```
/// test                          code under test
/// ----                          ---------------
///                               try await clock.sleep(for: .seconds(30))
/// await clock.sleepers(1)
/// clock.advance(by: .seconds(30))
///                               … continues
/// ```
///
/// With ``Sleeping/advances`` every sleep returns at once and moves the clock by its length: for code that runs alone.
package final class ManualClock: WallClock {
    /// What a sleep does.
    package enum Sleeping: Sendable {
        /// It lasts until the clock has been advanced far enough.
        case waits
        /// It advances the clock itself.
        case advances
    }

    private struct Sleeper {
        var deadline: Duration
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct Watcher {
        var id: Int
        var count: Int
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var offset = Duration.zero
        var wall: Date
        var lastID = 0
        var slept: [Duration] = []
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [Watcher] = []

        mutating func takeSatisfiedWatchers() -> [Watcher] {
            let count = self.sleepers.count
            let satisfied = self.watchers.filter { $0.count <= count }
            self.watchers.removeAll { $0.count <= count }
            return satisfied
        }
    }

    private let sleeping: Sleeping
    private let state: Mutex<State>

    /// Creates a clock.
    ///
    /// - Parameters:
    ///   - now: The instant that it stands at.
    ///   - sleeping: What a sleep does.
    package init(now: Date = Date(timeIntervalSince1970: 1_795_482_000), sleeping: Sleeping = .waits) {
        self.sleeping = sleeping
        self.state = Mutex(State(wall: now))
    }

    package var now: Date {
        self.state.withLock { $0.wall + Self.seconds($0.offset) }
    }

    package var uptime: Duration { self.state.withLock(\.offset) }

    /// The lengths of all sleeps asked for so far, zero included.
    package var slept: [Duration] { self.state.withLock(\.slept) }

    /// Waits until at least a number of tasks are asleep on this clock, or the test is cancelled, as its time limit does.
    ///
    /// - Parameter count: How many sleeping tasks to wait for.
    package func sleepers(_ count: Int) async {
        let id = self.state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let watcher = Watcher(id: id, count: count, continuation: continuation)
                let satisfied = self.state.withLock { state in
                    if Task.isCancelled { return [watcher] }
                    state.watchers.append(watcher)
                    return state.takeSatisfiedWatchers()
                }
                for watcher in satisfied { watcher.continuation.resume() }
            }
        } onCancel: {
            let watcher = self.state.withLock { state in
                state.watchers.firstIndex { $0.id == id }.map { state.watchers.remove(at: $0) }
            }
            watcher?.continuation.resume()
        }
    }

    /// Moves the clock forward and wakes every task whose time has come, earliest first.
    ///
    /// - Parameter duration: How far to move; not negative.
    package func advance(by duration: Duration) {
        precondition(duration >= .zero, "time does not run backwards")
        let due = self.state.withLock { state in
            state.offset += duration
            let due = state.sleepers.filter { $0.value.deadline <= state.offset }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Sets the wall clock, as an operator or NTP does; uptime goes on unmoved.
    ///
    /// - Parameter now: The new instant.
    package func set(_ now: Date) {
        self.state.withLock { $0.wall = now - Self.seconds($0.offset) }
    }

    package func sleep(for duration: Duration) async throws {
        let id = self.state.withLock { state in
            state.slept.append(duration)
            state.lastID += 1
            return state.lastID
        }
        try Task.checkCancellation()
        if duration <= .zero { return }
        if self.sleeping == .advances {
            self.advance(by: duration)
            // Who sleeps in a loop, as the renewal of a lock does, would hold a thread for ever and let nobody end it.
            return await Task.yield()
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { self.suspend(id, for: duration, $0) }
        } onCancel: {
            let sleeper = self.state.withLock { $0.sleepers.removeValue(forKey: id) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private func suspend(_ id: Int, for duration: Duration, _ continuation: CheckedContinuation<Void, any Error>) {
        // The task may have been cancelled before it got here: `onCancel` then found nobody to wake, so look again
        // inside the same critical section that registers the sleeper.
        let satisfied: [Watcher]? = self.state.withLock { state in
            if Task.isCancelled { return nil }
            state.sleepers[id] = Sleeper(deadline: state.offset + duration, continuation: continuation)
            return state.takeSatisfiedWatchers()
        }
        guard let satisfied else { return continuation.resume(throwing: CancellationError()) }
        for watcher in satisfied { watcher.continuation.resume() }
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
