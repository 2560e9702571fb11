import BackupDomain
import BackupEngine
import Foundation
import Synchronization
import TestSupport
import Testing

/// What happens to a prune, and to a restore, while the other one is at work.
@Suite("Prune and what is being restored", .timeLimit(.minutes(1)))
struct PruneRestoreTests {
    @Test(arguments: RunState.allCases)
    func `a backup stays until the restore that reads it has ended, and the plan names it`(
        _ state: RunState
    ) async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        for _ in 0..<2 { try await nights.night() }
        let run = try await nights.restore(name, state)
        let report = try await nights.prune { $0.keepLast = 1 }
        let decision = try #require(report.plan.decisions.first { $0.point.name == name })
        let isOpen = state != .ended
        #expect(
            decision.reasons.map(\.text) == [
                isOpen ? "a restore into contoso-standby reads it (run \(run))" : "no rule keeps it"
            ]
        )
        #expect(decision.reasons.map(\.code) == [isOpen ? RetentionReason.Code.restoring : .noRuleKeeps])
        #expect(decision.verdict == (isOpen ? .keep : .release))
        #expect(try await nights.names().contains(name) == isOpen)
        // What no restore reads goes.
        #expect(report.results.count == (isOpen ? 1 : 2))
    }

    @Test func `a dry run shows it`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        try await nights.night()
        try await nights.restore(name, .planned)
        var policy = RetentionPolicy()
        policy.keepLast = 1
        policy.minGood = 1
        let plan = try await nights.pruner.plan(nights.key, policy, in: try await nights.source.look())
        #expect(plan.releases.isEmpty)
        #expect(plan.decisions.last?.reasons.map(\.code) == [.restoring])
    }

    @Test(arguments: [(0, true), (86_399, true), (86_400, false), (90_000, false)])
    func `a restore that nobody follows holds its backup for a day`(_ seconds: Int, _ isKept: Bool) async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        try await nights.night()
        try await nights.restore(name)
        nights.clock.advance(by: .seconds(seconds))
        let report = try await nights.prune { $0.keepLast = 1 }
        #expect(report.results.isEmpty == isKept)
        #expect(try await nights.names().contains(name) == isKept)
    }

    @Test func `one that begins between the plan and the deletion keeps the backup, and the result names it`()
        async throws
    {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        try await nights.night()
        var policy = RetentionPolicy()
        policy.keepLast = 1
        policy.minGood = 1
        let report = try await nights.pruner.prune(nights.key, policy) { _ in
            do { try await nights.restore(name, .planned) } catch { Issue.record(error) }
        }
        #expect(report.plan.releases.map(\.point.name) == [name])
        #expect(report.results.map(\.state) == [.kept])
        #expect(report.results.first?.detail?.hasPrefix("a restore into contoso-standby reads it (run ") == true)
        #expect(try await nights.names().contains(name))
        #expect(try await nights.deletions(of: name)?.entries.map(\.state) == [.kept])
    }

    @Test func `a deletion that was left open is written up as kept only once the restore has ended`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        try await nights.night()
        nights.blobs.beforeDeletion { throw BackupError(.timedOut, "No answer came.") }
        _ = try await nights.prune { $0.keepLast = 1 }
        nights.clock.advance(by: .seconds(3700))
        try await nights.restore(name)
        _ = try await nights.prune { $0.keepLast = 2 }
        #expect(try await nights.deletions(of: name)?.entries.map(\.state) == [.intended])
        nights.clock.advance(by: .seconds(86_400))
        _ = try await nights.prune { $0.keepLast = 2 }
        #expect(try await nights.deletions(of: name)?.entries.map(\.state) == [.intended, .kept])
    }

    /// A record of a restore that this program cannot read.
    struct Unreadable: CustomTestStringConvertible {
        var testDescription: String
        var content: String
        /// What prune ends with; nil where it goes on.
        var code: BackupError.Code?

        static let all: [Self] = [
            Self(testDescription: "a damaged one", content: "{", code: .recordUnreadable),
            Self(
                testDescription: "a newer one",
                content: #"{"version": 99, "state": "accepted"}"#,
                code: .recordTooNew
            ),
            Self(testDescription: "a newer one that has ended", content: #"{"version": 99, "state": "ended"}"#),
        ]
    }

    @Test(arguments: Unreadable.all)
    func `nothing goes while nobody can tell which backup a restore reads`(_ unreadable: Unreadable) async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        try await nights.night()
        let target = InstanceKey(RestoreFixture.target)
        let run = RunID(instance: RestoreFixture.target, nominalAt: nights.clock.now, kind: .restore)
        _ = try await nights.blobs.write(
            Data(unreadable.content.utf8),
            to: CatalogPath.record(run, of: target, kind: .restore),
            in: NightsFixture.catalogContainer,
            condition: .absent,
            contentType: "application/json"
        )
        if let code = unreadable.code {
            await #expect(throws: BackupError(code, "")) { try await nights.prune { $0.keepLast = 1 } }
        } else {
            _ = try await nights.prune { $0.keepLast = 1 }
        }
        #expect(try await nights.names().contains(name) == (unreadable.code != nil))
    }

    /// What a prune wrote down of a backup, how many seconds before it is restored.
    struct Deletion: CustomTestStringConvertible {
        var state: BackupDeletions.State
        var age: Int
        var isRefused: Bool
        var testDescription: String { "\(self.state) \(self.age) seconds ago" }

        static let all: [Self] = [
            Self(state: .intended, age: 0, isRefused: true),
            Self(state: .intended, age: 3599, isRefused: true),
            Self(state: .intended, age: 3600, isRefused: false),
            Self(state: .kept, age: 0, isRefused: false),
            Self(state: .handedOver, age: 0, isRefused: false),
        ]
    }

    @Test(arguments: Deletion.all)
    func `a restore is refused while prune deletes its backup, and nothing is posted`(_ deletion: Deletion) async throws
    {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        try await nights.intend(name, deletion.state)
        nights.clock.advance(by: .seconds(deletion.age))
        let (report, posts) = try await Self.restoring(name, in: nights)
        #expect(posts == (deletion.isRefused ? 0 : 1))
        #expect(report.outcome == (deletion.isRefused ? .refused : .verified))
        #expect(report.record.error?.code == (deletion.isRefused ? BackupError.Code.conflict : nil))
        #expect((report.record.error?.message.contains("is being deleted by prune") ?? false) == deletion.isRefused)
        #expect(report.record.attempts.isEmpty == deletion.isRefused)
    }

    @Test func `a restore looks again once its intent is written, directly before the POST`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        let (report, posts) = try await Self.restoring(name, in: nights) { notice in
            guard case .changed(let record) = notice, record.state == .posting else { return }
            do { try await nights.intend(name) } catch { Issue.record(error) }
        }
        #expect(posts == 0)
        #expect(report.outcome == .refused)
        #expect(report.record.error?.message.contains("is being deleted by prune") == true)
        #expect(report.record.attempts.map(\.submission) == [.rejected])
    }

    @Test func `a restore whose backup is deleted after its intent is refused too`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        let (report, posts) = try await Self.restoring(name, in: nights) { notice in
            guard case .changed(let record) = notice, record.state == .posting else { return }
            _ = try? await nights.blobs.delete(name, in: NightsFixture.container, condition: .always)
        }
        #expect(posts == 0)
        #expect(report.record.error?.code == .backupMissing)
    }

    /// Restores a backup in place, on an instance that has done so at once.
    private static func restoring(
        _ name: String,
        in nights: NightsFixture,
        notify: @escaping @Sendable (RunNotice) async -> Void = { _ in }
    ) async throws -> (report: RunReport, posts: Int) {
        let instance = try RunFixture.instance()
        let posts = Mutex(0)
        let plane = OneInstancePlane(instance, clock: nights.clock) { kind, request in
            #expect(kind == .restore && request.backupName == name)
            posts.withLock { $0 += 1 }
            return RunFixture.done
        }
        var order = BackupOrder(instance: instance.id, nominalAt: nights.clock.now)
        order.kind = .restore
        order.restore = RestoreSource(
            recorded: nights.recordedRestore(
                of: name,
                RunID(instance: instance.id, nominalAt: RunFixture.night),
                from: instance
            ),
            blobs: nights.blobs,
            documents: nights.source.documents
        )
        let runner = try BackupRunner.sample(plane, blobs: nights.blobs, clock: nights.clock, notify: notify)
        let report = try await runner.run(order)
        return (report, posts.withLock(\.self))
    }
}
