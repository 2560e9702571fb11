import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("An instance of which only inventories are taken")
struct InventoryWatchTests {
    typealias Fixture = WatchFixture

    struct Example: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var records: [RunRecord]
        var isInventoryOnly = true
        var after: TimeInterval = 7200
        var alerts: [String] = []
        var verdict: ProtectionStatus.Verdict
        var says: String
    }

    /// The run of a night that took an inventory, or was to.
    static func record(_ days: Double, _ outcome: RunOutcome? = .inventoried) -> RunRecord {
        var record = Fixture.record(days, outcome, of: "northwind-apim", code: .permissionDenied)
        record.takeInventoryOnly()
        record.attempts = []
        record.backup = nil
        if outcome == .inventoried { record.error = nil }
        record.instance.tier = Tier("Consumption")
        return record
    }

    static let examples: [Example] = [
        Example(
            testDescription: "a night that took one",
            records: [record(1), record(0)],
            verdict: .inventoryOnly,
            says: "Its tier, Consumption, has no backup: only its inventory is taken."
        ),
        Example(
            testDescription: "a night that could not read",
            records: [record(1), record(0, .failed)],
            alerts: ["inventoryMissing permissionDenied@contosobackups"],
            verdict: .atRisk,
            says: "ended failed (permissionDenied)"
        ),
        Example(
            testDescription: "a failed night before one that took one",
            records: [record(1, .failed), record(0)],
            verdict: .inventoryOnly,
            says: "is 1 h 50 min old"
        ),
        Example(
            testDescription: "a night that nobody began",
            records: [record(2), record(1)],
            alerts: ["inventoryMissing missed@schedule"],
            verdict: .inventoryOnly,
            says: "The newest inventory, of"
        ),
        Example(
            testDescription: "a day that nobody began",
            records: [record(2)],
            after: 7200,
            alerts: ["inventoryMissing missed@schedule"],
            verdict: .atRisk,
            says: "The newest inventory is 2 d 1 h old; 1 d 2 h are allowed."
        ),
        Example(
            testDescription: "refused backups from before the setting",
            records: [Fixture.record(2, .refused, of: "northwind-apim", code: .tierUnsupported), record(0)],
            verdict: .inventoryOnly,
            says: "Its tier, Consumption"
        ),
        Example(
            testDescription: "refused backups after the last inventory",
            records: [record(0), Fixture.record(-0.01, .refused, of: "northwind-apim", code: .tierUnsupported)],
            verdict: .inventoryOnly,
            says: "only its inventory is taken"
        ),
        Example(
            testDescription: "a failing backup, and an inventory by hand",
            records: [Fixture.record(1), Fixture.record(0, .failed), record(-0.02)],
            isInventoryOnly: false,
            alerts: ["failed backupFailed@contosobackups"],
            verdict: .atRisk,
            says: "ended failed (backupFailed)"
        ),
    ]

    @Test(arguments: examples)
    func `is judged by its inventories, and an instance that is backed up by its backups`(_ example: Example) throws {
        let name = example.isInventoryOnly ? "northwind-apim" : "contoso-apim"
        var watch = Fixture.watch(name, example.records)
        watch.isInventoryOnly = example.isInventoryOnly
        watch.isPruned = true
        let now = Fixture.night + example.after
        let alerts = watch.alerts(at: now, rules: AlertRules()).map {
            "\($0.kind.rawValue) \($0.cause.code)@\($0.cause.scope)"
        }
        #expect(alerts == example.alerts)
        let status = ProtectionStatus(
            watch.summary,
            pause: nil,
            expectation: ProtectionStatus.Expectation(isInventoryOnly: example.isInventoryOnly),
            at: now
        )
        #expect(status.verdict == example.verdict, "\(status.reasons)")
        #expect(status.reasons.joined(separator: "\n").contains(example.says), "\(status.reasons)")
    }

    @Test func `is known by its newest run where no settings tell`() throws {
        let summary = try #require(Fixture.summary([Self.record(1), Self.record(0)]))
        let status = ProtectionStatus(
            summary,
            pause: nil,
            expectation: ProtectionStatus.Expectation(),
            at: Fixture.night + 7200
        )
        #expect(status.verdict == .inventoryOnly)
    }

    @Test func `that never had one is at risk, whether it ever had a run or not`() throws {
        for records in [[], [Self.record(0, .failed)]] {
            let status = ProtectionStatus(
                Fixture.summary(records),
                pause: nil,
                expectation: ProtectionStatus.Expectation(isInventoryOnly: true),
                at: Fixture.night + 7200
            )
            #expect(status.verdict == .atRisk)
            #expect(status.reasons.first == "No inventory was ever taken.")
        }
    }

    @Test func `needs nobody on a morning`() {
        let lines = DailyDigestTests.lines([
            ["a": .protected, "b": .inventoryOnly], ["a": .protected, "b": .inventoryOnly],
            ["a": .atRisk, "b": .inventoryOnly],
        ])
        #expect(
            lines == [
                "1 of 2 instances protected, 1 inventory only; nothing has changed; nothing needs you",
                "0 of 2 instances protected, 1 inventory only; at risk now: a; 1 needs you: apim-backup status",
            ]
        )
    }
}
