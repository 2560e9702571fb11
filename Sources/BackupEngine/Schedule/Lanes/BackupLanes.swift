package import BackupDomain
import Synchronization

/// The engine behind a scheduler: takes instances that are due, any number at once, and works on so many at a time.
package final class BackupLanes: Sendable {
    /// How many instances are worked on at once by default: a run is a call a minute, and Azure's write budget decides when
    /// each posts.
    package static let standardWidth = 200
    /// How many instances are looked at at once while runs of them are under way.
    private static let looks = 16

    private let book: Mutex<LaneBook<InstanceKey>>
    private let jobs: AsyncStream<LaneBook<InstanceKey>.Job>
    private let continuation: AsyncStream<LaneBook<InstanceKey>.Job>.Continuation

    /// Creates lanes in which nothing is done.
    ///
    /// - Parameter width: How many instances are worked on at once; at least 1.
    package init(width: Int = BackupLanes.standardWidth) {
        self.book = Mutex(LaneBook(width: max(1, width), looks: Self.looks))
        (self.jobs, self.continuation) = AsyncStream.makeStream()
    }

    /// How many instances are worked on.
    package var working: Int { self.book.withLock(\.working) }

    /// How many instances wait for their turn.
    package var waiting: Int { self.book.withLock(\.waitingCount) }

    /// Calls instances; returns at once.
    ///
    /// - Parameter instances: The instances, in the order in which they get their turn.
    package func call(_ instances: some Sequence<InstanceKey>) { self.update { $0.call(instances) } }

    /// Notes that a run of an instance begins, so that what comes due meanwhile is decided without waiting for its end.
    ///
    /// - Parameter instance: The instance, which is being worked on.
    package func begin(_ instance: InstanceKey) { self.update { $0.begin(instance) } }

    /// Takes no more work; ``run(_:)`` returns once all that was begun has ended.
    package func finish() { self.continuation.finish() }

    /// Works until ``finish()`` is called or the task is cancelled.
    ///
    /// - Parameter worker: What does the work.
    package func run(_ worker: some LaneWorker) async {
        await withDiscardingTaskGroup { group in
            for await job in self.jobs {
                group.addTask {
                    switch job {
                    case .work(let instance): await worker.work(on: instance)
                    case .look(let instance): await worker.look(at: instance)
                    }
                    self.update { $0.end(job) }
                }
            }
        }
    }

    private func update(_ change: (inout LaneBook<InstanceKey>) -> [LaneBook<InstanceKey>.Job]) {
        // Yielded under the lock, so that jobs come in the order in which they were decided.
        self.book.withLock { book in for job in change(&book) { self.continuation.yield(job) } }
    }
}
