import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

/// What happens to a prune, and to a pin, while the other one is at work.
@Suite("Prune and what comes in between", .timeLimit(.minutes(1)))
struct PruneRaceTests {
    @Test func `a pin tells of a prune that may be first, until that has said what came of it`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        try await nights.night()
        nights.blobs.beforeDeletion { throw BackupError(.timedOut, "No answer came.") }
        let pruned = nights.clock.now
        #expect(try await nights.prune { $0.keepLast = 1 }.results.map(\.state) == [.failed])
        nights.clock.advance(by: .seconds(60))
        #expect(try await nights.pin(name) == pruned)
        nights.clock.advance(by: .seconds(2 * 86_400))
        #expect(try await nights.pin(name) == nil)
    }

    @Test func `a pin of what is gone says so`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        _ = try await nights.blobs.delete(name, in: NightsFixture.container, condition: .always)
        await #expect(throws: BackupError(.notFound, "")) { try await nights.pin(name) }
    }

    @Test func `nothing more is deleted once a backup that the plan counts on has vanished`() async throws {
        let nights = try await NightsFixture()
        var names: [String] = []
        for _ in 0..<4 { names.append(try await nights.night()) }
        var policy = RetentionPolicy()
        policy.keepLast = 1
        policy.minGood = 1
        let newest = names[3]
        let report = try await nights.pruner.prune(nights.key, policy) { _ in
            _ = try? await nights.blobs.delete(newest, in: NightsFixture.container, condition: .always)
        }
        #expect(report.plan.releases.count == 3)
        #expect(report.results.map(\.state) == [.kept])
        #expect(report.failure?.code == .conflict)
        #expect(try await nights.names() == Array(names[..<3]))
    }

    @Test func `an hour later it is written up that a backup stays whose deletion was left open`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        try await nights.night()
        nights.blobs.beforeDeletion { throw BackupError(.timedOut, "No answer came.") }
        _ = try await nights.prune { $0.keepLast = 1 }
        // The deletion may still be under way.
        _ = try await nights.prune { $0.keepLast = 2 }
        #expect(try await nights.deletions(of: name)?.entries.map(\.state) == [.intended])
        nights.clock.advance(by: .seconds(3700))
        for _ in 0..<2 { _ = try await nights.prune { $0.keepLast = 2 } }
        #expect(try await nights.deletions(of: name)?.entries.map(\.state) == [.intended, .kept])
        // From now on nothing of ours explains that it is gone.
        _ = try await nights.blobs.delete(name, in: NightsFixture.container, condition: .always)
        #expect(try await nights.verify().findings.map(\.finding.kind) == [.vanished])
    }

    /// What a machine sees of the backups by another clock.
    private static func source(of nights: NightsFixture, by clock: any WallClock) -> RecoveryPointSource {
        RecoveryPointSource(
            blobs: nights.blobs,
            catalog: nights.catalog,
            documents: nights.source.documents,
            container: NightsFixture.container,
            clock: clock
        )
    }

    @Test func `a list that was long under way says nothing against the clock`() async throws {
        let nights = try await NightsFixture()
        try await nights.night()
        let source = Self.source(of: nights, by: LeapingClock(now: nights.clock.now - 60))
        #expect(try await source.look().at == nights.clock.now)
    }

    /// Ten minutes go by between two looks at it.
    private final class LeapingClock: WallClock {
        private let clock: ManualClock

        init(now: Date) { self.clock = ManualClock(now: now) }

        var now: Date {
            defer { self.clock.advance(by: .seconds(600)) }
            return self.clock.now
        }
        var uptime: Duration { self.clock.uptime }

        func sleep(for duration: Duration) async throws { try await self.clock.sleep(for: duration) }
    }

    @Test func `nothing is judged by a clock that is off`() async throws {
        let nights = try await NightsFixture()
        try await nights.night()
        let source = Self.source(of: nights, by: ManualClock(now: nights.clock.now + 7200))
        await #expect(throws: BackupError(.clockOff, "")) { try await source.look() }
        #expect(try await nights.source.look().at == nights.clock.now)
    }
}
