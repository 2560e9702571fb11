import BackupDomain
import BackupEngine
import Notifications
import Observability
import Synchronization

/// Gives a monitor signs of life around due runs, beside the work: a monitor that does not answer holds nothing up.
final class Pulse: Sendable {
    private let heartbeat: Result<Heartbeat?, BackupError>
    private let tail: LogTail
    private let told: @Sendable (BackupError?) async -> Void
    private let signs: AsyncStream<HeartbeatRound.Sign>
    private let sign: AsyncStream<HeartbeatRound.Sign>.Continuation
    private let round = Mutex(HeartbeatRound())

    /// Creates a pulse.
    ///
    /// - Parameters:
    ///   - heartbeat: The monitor, nil for none; or why its URL cannot be had.
    ///   - tail: The newest lines of the log.
    ///   - told: Told of each sign what became of it: why it could not be given, or nil where it was.
    init(
        _ heartbeat: Result<Heartbeat?, BackupError>,
        tail: LogTail,
        told: @escaping @Sendable (BackupError?) async -> Void
    ) {
        self.heartbeat = heartbeat
        self.tail = tail
        self.told = told
        (self.signs, self.sign) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(64))
    }

    /// Works, and gives the signs beside the work; the last one when the work is done.
    ///
    /// - Parameter work: The work.
    /// - Returns: What the work returns.
    /// - Throws: What the work throws.
    func around<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        self.hold()
        let result = await withTaskGroup(of: Result<Value, any Error>?.self) { group in
            group.addTask {
                await self.run()
                return nil
            }
            group.addTask {
                defer { self.finish() }
                do { return .success(try await work()) } catch { return .failure(error) }
            }
            return await group.reduce(nil) { $0 ?? $1 }
        }
        guard let result else { throw CancellationError() }
        return try result.get()
    }

    /// Gives the signs in their order until ``finish()``, or until cancelled.
    func run() async {
        for await sign in self.signs {
            do {
                guard let heartbeat = try self.heartbeat.get() else { continue }
                try await heartbeat.send(sign.signal, run: sign.run, log: self.tail.lines)
                await self.told(nil)
            } catch let error as BackupError {
                await self.told(error)
            } catch {
                return
            }
        }
    }

    /// Takes in what happened to a schedule.
    ///
    /// - Parameters:
    ///   - notice: What happened.
    ///   - instance: The instance.
    func note(_ notice: DueNotice, of instance: ResourceID) {
        switch notice {
        case .begins(let time, _):
            self.give { $0.begin(RunID(instance: instance, nominalAt: time)) }
        case .ended(_, let outcome): self.give { $0.end(outcome.isGood) }
        case .leftOut, .resumed, .trouble: break
        }
    }

    /// Notes that no run of an instance can begin.
    func fail() {
        self.give { $0.begin(nil) }
        self.give { $0.end(false) }
    }

    /// Keeps the last sign back until ``finish()``.
    private func hold() { self.round.withLock { $0.hold() } }

    /// Lets the last sign be given; no other comes.
    func finish() {
        self.give { $0.release() }
        self.sign.finish()
    }

    private func give(_ change: (inout HeartbeatRound) -> HeartbeatRound.Sign?) {
        if let sign = self.round.withLock({ change(&$0) }) { self.sign.yield(sign) }
    }
}

extension DueOutcome {
    /// Whether the time has what it is to have; nil where another process brings it to its end.
    fileprivate var isGood: Bool? {
        switch self {
        case .ran(let report): self.isUnfinished ? nil : report.outcome?.isGood ?? false
        case .ranElsewhere(let record): record.outcome?.isGood ?? false
        case .skipped(let entry): entry.outcome == .skipped
        case .failed: false
        case .left: nil
        }
    }
}
