import EmulatorRuntime
import Foundation
import Synchronization

/// The local Azure's state, shared by all its services: read and changed under one lock, each change in the journal
/// before it is answered.
///
/// Operations of API Management run by nobody's hand: whoever reads or changes first ends those whose time has come.
final class Cloud: Sendable {
    let clock: any EmulatorClock
    let identifiers: any IdentifierSource
    let storage: any BackupStorage
    private let journal: Journal
    private let state: Mutex<CloudState>
    /// Rings when what Azure does by itself may have something to do.
    let wakes = WakeSignal()
    /// Rings when executions of jobs may have to be run or stopped.
    let jobWakes = WakeSignal()
    /// Rings when workflows may have something to do.
    let workflowWakes = WakeSignal()
    /// Entries in the journal since it was last written anew.
    private let journaled = Mutex(0)

    init(
        world: World,
        clock: any EmulatorClock,
        identifiers: any IdentifierSource,
        storage: any BackupStorage,
        directory: String?
    ) throws {
        self.clock = clock
        self.identifiers = identifiers
        self.storage = storage
        self.journal = try Journal(directory: directory, name: "cloud")
        var state = CloudState(world: world)
        let decoder = JSONDecoder()
        for entry in try self.journal.replay() { state.apply(try decoder.decode(CloudChange.self, from: entry)) }
        self.state = Mutex(state)
        // Every start writes the journal anew, so that it does not grow over many restarts.
        let encoder = JSONEncoder()
        try self.journal.compact(to: state.changes.map { try encoder.encode($0) })
    }

    /// Reads the state as it is now.
    func read<Value: Sendable>(_ body: (CloudState, Date) throws -> Value) rethrows -> Value {
        try self.state.withLock { state in
            let now = self.clock.now
            self.advance(&state, to: now)
            return try body(state, now)
        }
    }

    /// Decides on changes and makes them.
    ///
    /// - Returns: What the body returns beside the changes.
    /// - Throws: What the body throws; nothing is changed then. A journal that cannot be written throws too.
    func change<Value: Sendable>(
        _ body: (CloudState, Date) throws -> (changes: [CloudChange], value: Value)
    ) throws -> Value {
        try self.state.withLock { state in
            let now = self.clock.now
            self.advance(&state, to: now)
            let (changes, value) = try body(state, now)
            for change in changes { try self.commit(change, to: &state) }
            return value
        }
    }

    /// Ends the operations whose time has come.
    func advance() { self.read { _, _ in } }

    private func advance(_ state: inout CloudState, to now: Date) {
        for operation in state.operationsBegun(at: now) {
            OperationEnd(operation: operation, state: state, storage: self.storage).begin()
        }
        for operation in state.operationsDue(at: now) {
            for change in self.end(of: operation, in: state) {
                // Without a journal entry the end stays undone, and is tried again by the next reader.
                do { try self.commit(change, to: &state) } catch { return }
            }
        }
        for deleted in state.deletedInstances.values where deleted.purgesAt <= now {
            do { try self.commit(.instancePurged(deleted.instance.id), to: &state) } catch { return }
        }
        // A scaled duration is never zero, which here means that nothing is kept.
        let lifetime = state.world.timings.operationLifetimeSeconds
        let kept = lifetime == 0 ? 0 : Double(self.clock.scaled(.seconds(lifetime)).components.seconds)
        for operation in state.operations.values
        where operation.outcome != nil && operation.endsAt.addingTimeInterval(kept) < now {
            do { try self.commit(.operationForgotten(operation.id), to: &state) } catch { return }
        }
    }

    private func end(of operation: ServiceOperation, in state: CloudState) -> [CloudChange] {
        if operation.kind == .backup || operation.kind == .restore {
            return OperationEnd(operation: operation, state: state, storage: self.storage).changes()
        }
        let kept = self.clock.scaled(.seconds(state.world.timings.softDeleteSeconds))
        return LifecycleEnd(operation: operation, state: state, kept: Double(kept.components.seconds)).changes()
    }

    /// Lets all that Azure does by itself look at the clock again, which was set.
    func wakeBackground() {
        for wakes in [self.wakes, self.jobWakes, self.workflowWakes] { wakes.ring() }
    }

    private func commit(_ change: CloudChange, to state: inout CloudState) throws {
        let encoder = JSONEncoder()
        try self.journal.append(encoder.encode(change))
        state.apply(change)
        if change.concernsBackground { self.wakes.ring() }
        if change.concernsExecutions { self.jobWakes.ring() }
        if change.concernsWorkflows { self.workflowWakes.ring() }
        let isGrown = self.journaled.withLock { count in
            count += 1
            defer { if count > 2000 { count = 0 } }
            return count > 2000
        }
        if isGrown { try self.journal.compact(to: state.changes.map { try encoder.encode($0) }) }
    }
}
