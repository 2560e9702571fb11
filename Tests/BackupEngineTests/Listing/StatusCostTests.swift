import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

/// What `status` costs: `make status-cost` prints the figures.
@Suite("What status costs", .serialized)
struct StatusCostTests {
    private static let isPrinted = ProcessInfo.processInfo.environment["STATUS_COST"] != nil
    /// Instances, and nights of each; the largest account takes a while to read, and is for who wants the figures.
    private static let accounts = [(40, 1), (40, 3650), (1000, 1)] + (Self.isPrinted ? [(1000, 3650)] : [])

    @Test(arguments: accounts)
    func `does not grow with history`(_ instances: Int, _ nights: Int) async throws {
        let account = try NightlyAccount(instances: instances, nights: nights)
        let blobs = CountingBlobStorage(account)
        let reader = StatusReader(
            blobs: blobs,
            catalogContainer: "records",
            container: "backups",
            clock: ManualClock(now: account.now)
        )
        let lines = try await reader.lines(of: nil, standard: ProtectionStatus.Expectation(), at: account.now)
        #expect(lines.count == instances)
        #expect(lines.allSatisfy { $0.status.verdict == .protected })
        if Self.isPrinted {
            print("status-cost: \(instances) instances, \(nights) nights each: \(blobs.total) calls \(blobs.calls)")
        }
        // One summary, one month's list and a look at one backup for each instance, a second month in the first days of one;
        // six lists for all.
        #expect(blobs.calls["read"] == instances, "\(blobs.calls)")
        #expect(
            blobs.calls["list"].map { ($0 - 6) % instances == 0 && ($0 - 6) / instances <= 2 } == true,
            "\(blobs.calls)"
        )
        #expect(blobs.calls["properties"] == instances, "\(blobs.calls)")
        #expect(blobs.total == ["read", "list", "properties"].reduce(0) { $0 + (blobs.calls[$1] ?? 0) })
    }

    @Test func `is one call more where a backup became small`() async throws {
        let fixture = try await NightsFixture()
        for bytes in [1000, 1000, 1000, 1] { try await fixture.night(bytes: bytes) }
        let blobs = CountingBlobStorage(fixture.blobs)
        func calls() async throws -> Int {
            blobs.reset()
            let reader = StatusReader(
                blobs: blobs,
                catalogContainer: NightsFixture.catalogContainer,
                container: NightsFixture.container,
                clock: fixture.clock
            )
            let line = try await reader.lines(of: nil, standard: ProtectionStatus.Expectation(), at: fixture.clock.now)
            #expect(line.map(\.status.verdict) == [.atRisk])
            return blobs.calls["read"] ?? 0
        }
        // No summary is written in this fixture: four records are read, the summary that is not there, and the word.
        #expect(try await calls() == 6)
    }
}
