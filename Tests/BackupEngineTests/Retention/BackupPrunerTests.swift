import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("Prune", .timeLimit(.minutes(1)))
struct BackupPrunerTests {
    @Test func `deletes what the plan releases, and writes down what, when, why and by whom`() async throws {
        let nights = try await NightsFixture()
        var names: [String] = []
        for _ in 0..<5 { names.append(try await nights.night()) }
        let report = try await nights.prune { $0.keepLast = 2 }
        #expect(report.results.map(\.state) == [.deleted, .deleted, .deleted])
        #expect(report.exitStatus == .success)
        #expect(try await nights.names() == Array(names.suffix(2)))
        let entry = try #require(try await nights.deletions(of: names[0])?.entries.last)
        #expect(entry.state == .deleted)
        #expect(entry.endedAt == nights.clock.now)
        #expect(entry.reasons.map(\.code) == [.noRuleKeeps])
        #expect(entry.by.objectID == "11111111")
        #expect(entry.isPermanent == true)
        #expect(try await nights.prune { $0.keepLast = 2 }.results.isEmpty)
        // What was released is no finding, and no recovery point any more.
        let verification = try await nights.verify()
        #expect(verification.findings.isEmpty)
        #expect(verification.good.map(\.name) == Array(names.suffix(2).reversed()))
    }

    @Test func `does in a dry run what it shows, and changes nothing`() async throws {
        let nights = try await NightsFixture()
        for _ in 0..<4 { try await nights.night() }
        let before = try await nights.names()
        var policy = RetentionPolicy()
        policy.keepLast = 1
        policy.minGood = 1
        let plan = try await nights.pruner.plan(nights.key, policy, in: try await nights.source.look())
        #expect(try await nights.names() == before)
        #expect(try await nights.deletions(of: before[0]) == nil)
        let report = try await nights.prune { $0.keepLast = 1 }
        #expect(report.plan == plan)
        #expect(report.results.map(\.point) == plan.releases.map(\.point))
    }

    @Test func `prints what another identity should delete where it may not, and changes no backup`() async throws {
        let nights = try await NightsFixture(undeletable: true)
        var names: [String] = []
        for _ in 0..<3 { names.append(try await nights.night()) }
        for _ in 0..<2 {
            let report = try await nights.prune { $0.keepLast = 1 }
            #expect(report.results.map(\.state) == [.handedOver, .handedOver])
            #expect(report.denial?.code == .permissionDenied)
            #expect(report.exitStatus == .refused)
            #expect(try await nights.names() == names)
        }
        // Asking again each night adds no entries.
        #expect(try await nights.deletions(of: names[0])?.entries.map(\.state) == [.handedOver])
    }

    @Test func `holds the lock, and leaves an instance alone that somebody is at work on`() async throws {
        let nights = try await NightsFixture()
        for _ in 0..<3 { try await nights.night() }
        let lock = InstanceLock(
            of: nights.key,
            blobs: nights.blobs,
            container: NightsFixture.catalogContainer,
            clock: nights.clock
        )
        let lease = try #require(try await lock.acquire())
        await #expect(throws: BackupError(.busy, "")) { try await nights.prune { $0.keepLast = 1 } }
        #expect(try await nights.names().count == 3)
        try await nights.blobs.releaseLease(lease, of: "v1/leases/\(nights.key)", in: NightsFixture.catalogContainer)
        #expect(try await nights.prune { $0.keepLast = 1 }.results.count == 2)
        #expect(try await lock.isHeld() == false)
    }

    struct Obstacle: CustomTestStringConvertible {
        var testDescription: String
        /// Whether the plan knows, rather than the look right before the deletion.
        var isPlanned: Bool
        var act: @Sendable (NightsFixture, String) async throws -> Void

        static let all: [Self] = [
            Self(testDescription: "a lease", isPlanned: true) { nights, name in
                _ = try await nights.blobs.acquireLease(of: name, in: NightsFixture.container, seconds: 60)
            },
            Self(testDescription: "an immutability policy", isPlanned: true) { nights, name in
                nights.blobs.protect(name, in: NightsFixture.container, until: nights.clock.now + 86_400)
            },
            Self(testDescription: "a legal hold", isPlanned: true) { nights, name in
                nights.blobs.protect(name, in: NightsFixture.container, until: nil)
            },
            Self(testDescription: "another content", isPlanned: true) { nights, name in
                try await nights.write(name, bytes: 1000)
            },
            Self(testDescription: "a pin", isPlanned: false) { nights, name in
                _ = try await nights.pin(name)
            },
            Self(testDescription: "a restore", isPlanned: false) { nights, name in
                _ = try await nights.restore(name)
            },
            Self(testDescription: "a deletion by somebody else", isPlanned: false) { nights, name in
                _ = try await nights.blobs.delete(name, in: NightsFixture.container, condition: .always)
            },
        ]
    }

    @Test(arguments: Obstacle.all)
    func `lets be what has an obstacle before the plan`(_ obstacle: Obstacle) async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        for _ in 0..<2 { try await nights.night() }
        try await obstacle.act(nights, name)
        let there = try await nights.names().contains(name)
        let report = try await nights.prune { $0.keepLast = 1 }
        #expect(report.results.filter { $0.state == .deleted }.count == 1)
        #expect(try await nights.names().contains(name) == there)
        let decision = report.plan.decisions.first { $0.point.name == name }
        #expect((decision?.verdict == .withheld) == obstacle.isPlanned)
    }

    @Test(arguments: Obstacle.all)
    func `looks again right before each deletion`(_ obstacle: Obstacle) async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        for _ in 0..<2 { try await nights.night() }
        var policy = RetentionPolicy()
        policy.keepLast = 1
        policy.minGood = 1
        let there = Set(try await nights.names())
        let isGone = obstacle.testDescription.hasPrefix("a deletion")
        let report = try await nights.pruner.prune(nights.key, policy) { _ in
            // Whatever happens here happens between the plan and the deletion.
            do { try await obstacle.act(nights, name) } catch { Issue.record(error) }
        }
        #expect(report.plan.releases.map(\.point.name).contains(name))
        let result = try #require(report.results.first { $0.point.name == name })
        #expect(result.state == .kept)
        #expect(result.detail?.isEmpty == false)
        #expect(report.results.filter { $0.state == .deleted }.count == 1)
        #expect(try await nights.names().count == there.count - (isGone ? 2 : 1))
        #expect(report.exitStatus == .success)
    }

    @Test func `deletes only the version that it planned for, whatever happens at the last moment`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        try await nights.night()
        nights.blobs.beforeDeletion { try await nights.write(name, bytes: 77) }
        let report = try await nights.prune { $0.keepLast = 1 }
        #expect(report.results.map(\.state) == [.kept])
        #expect(try await nights.names().contains(name))
        #expect(try await nights.deletions(of: name)?.entries.map(\.state) == [.kept])
        #expect(try await nights.verify().findings.map(\.finding.kind) == [.shrunken])
    }

    @Test func `leaves the intent behind where nobody knows what became of the deletion`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        try await nights.night()
        nights.blobs.beforeDeletion { throw BackupError(.timedOut, "No answer came.") }
        let report = try await nights.prune { $0.keepLast = 1 }
        #expect(report.results.map(\.state) == [.failed])
        #expect(report.failure?.code == .timedOut)
        #expect(report.exitStatus == .failed)
        #expect(try await nights.deletions(of: name)?.entries.map(\.state) == [.intended])
        #expect(try await nights.prune { $0.keepLast = 1 }.results.map(\.state) == [.deleted])
        #expect(try await nights.deletions(of: name)?.entries.map(\.state) == [.intended, .deleted])
    }

    @Test func `deletes nothing while the newest run is failing, in flight or not`() async throws {
        let nights = try await NightsFixture()
        for _ in 0..<3 { try await nights.night() }
        try await nights.night(.failed)
        try await nights.night(nil)
        let report = try await nights.prune { $0.keepLast = 1 }
        #expect(report.results.isEmpty)
        #expect(report.plan.holds.map(\.code) == [.newestRunFailing])
        #expect(report.exitStatus == .refused)
        #expect(report.plan.decisions.first?.reasons.map(\.code) == [.inFlight])
    }

    @Test func `never counts as deleted what a dying process only meant to delete`() async throws {
        let nights = try await NightsFixture()
        var names: [String] = []
        for _ in 0..<3 { names.append(try await nights.night()) }
        // A process that died after the intent: the blob is there.
        let path = "v1/prunes/\(nights.key)/\(CatalogPath.digest(names[0], in: NightsFixture.container)).json"
        guard case .present(let blob) = try await nights.blobs.properties(of: names[0], in: NightsFixture.container)
        else { return }
        let intent = BackupDeletions.Entry(
            etag: blob.etag,
            bytes: 1000,
            reasons: [],
            at: nights.clock.now,
            by: RecordedPrincipal(credential: "test")
        )
        try await nights.source.documents.change(
            at: path,
            from: BackupDeletions(container: NightsFixture.container, name: names[0], run: nil)
        ) { $0.entries.append(intent) }
        #expect(try await nights.verify().good.count == 3)
        // One that died after the deletion: the blob is gone, and the intent explains it.
        _ = try await nights.blobs.delete(names[0], in: NightsFixture.container, condition: .always)
        #expect(try await nights.verify().findings.isEmpty)
        // What nobody meant to delete is a finding.
        _ = try await nights.blobs.delete(names[1], in: NightsFixture.container, condition: .always)
        #expect(try await nights.verify().findings.map(\.finding.kind) == [.vanished])
    }

    @Test func `stops for an instance whose backups shrank, until that is acknowledged`() async throws {
        let nights = try await NightsFixture()
        for _ in 0..<3 { try await nights.night() }
        for _ in 0..<12 { try await nights.night(bytes: 100) }
        #expect(try await nights.prune { $0.keepLast = 1 }.exitStatus == .refused)
        #expect(try await nights.names().count == 15)
        let said = try await ShrinkBoard(source: nights.source, clock: nights.clock).acknowledge(
            nights.key,
            in: try await nights.source.look(),
            threshold: RetentionPolicy().shrinkGuard,
            because: "moved",
            by: RecordedPrincipal(credential: "test")
        )
        #expect(said?.alarm.bytes == 100)
        #expect(said?.alarm.medianBytes == 1000)
        #expect(try await nights.prune { $0.keepLast = 1 }.results.count == 10)
        #expect(try await nights.prune { $0.keepLast = 1 }.results.count == 4)
        try await nights.night(bytes: 10)
        #expect(try await nights.prune { $0.keepLast = 1 }.exitStatus == .refused)
    }

    @Test func `never touches what no record names, and counts it only once two checks saw the same`() async throws {
        let nights = try await NightsFixture()
        let own = try await nights.night()
        try await nights.night()
        try await nights.write("contoso-apim 2026 12:00 weekly.bak", bytes: 500)
        try await nights.write("somebody's notes.txt", bytes: 5)
        func plan() async throws -> RetentionPlan {
            var policy = RetentionPolicy()
            policy.keepLast = 1
            policy.minGood = 2
            return try await nights.pruner.plan(nights.key, policy, in: try await nights.source.look())
        }
        #expect(try await plan().goodNow == 2)
        _ = try await nights.verify()
        #expect(try await plan().goodNow == 2)
        _ = try await nights.verify()
        #expect(try await plan().goodNow == 3)
        #expect(try await plan().releases.map(\.point.name) == [own])
        let seen = try await nights.source.look()
        #expect(seen.unattributed.map(\.name) == ["somebody's notes.txt"])
    }
}
