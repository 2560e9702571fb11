package import BackupDomain
import ServiceLifecycle
import Synchronization

/// Keeps one fleet at work, and puts another in its place where the settings have changed.
///
/// The former one begins nothing any more and works what it has begun to its end beside the new one: the catalog's locks keep
/// them apart, as they do several replicas. Where the new one cannot begin its work, the former one goes on.
package final class FleetKeeper<Member: Fleet>: Service {
    private struct State {
        var present: (Member)?
        var isOver = false
    }

    private let first: Member
    private let causes: AsyncStream<ReloadCause>
    private let load: @Sendable (ReloadCause) -> (Member)?
    private let refused: @Sendable (BackupError) -> Void
    private let state = Mutex(State())

    /// The fleet that is at work; nil before the first one is.
    package var present: Member? { self.state.withLock(\.present) }

    /// Creates a keeper.
    ///
    /// - Parameters:
    ///   - first: The fleet to begin with.
    ///   - causes: When to look whether the settings have changed.
    ///   - load: Makes the fleet of changed settings; nil where they have not changed or cannot be used.
    ///   - refused: Told why a fleet could not begin its work in place of the present one.
    package init(
        _ first: Member,
        causes: AsyncStream<ReloadCause>,
        load: @escaping @Sendable (ReloadCause) -> (Member)?,
        refused: @escaping @Sendable (BackupError) -> Void
    ) {
        self.first = first
        self.causes = causes
        self.load = load
        self.refused = refused
    }

    /// Keeps fleets at work until graceful shutdown begins, and then until all has come to its end.
    ///
    /// - Throws: ``BackupDomain/BackupError`` where the first fleet cannot begin its work.
    package func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await self.first.run { self.enter(self.first) } }
            group.addTask { try await self.reload() }
        }
    }

    private func reload() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for await cause in self.causes.cancelOnGracefulShutdown() {
                guard let next = self.load(cause) else { continue }
                group.addTask {
                    do {
                        try await next.run { self.enter(next) }
                    } catch let error as BackupError {
                        self.refused(error)
                    }
                }
            }
            self.leave()
        }
    }

    /// Lets a fleet that is at work take the place of the present one.
    private func enter(_ next: Member) {
        let (former, isOver) = self.state.withLock { state in
            defer { state.present = next }
            return (state.present, state.isOver)
        }
        former?.retire()
        if isOver { next.retire() }
    }

    private func leave() {
        let present = self.state.withLock { state in
            state.isOver = true
            return state.present
        }
        present?.retire()
    }
}
