import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("What people and programs read of a restore")
struct RestorePrinterTests {
    static let now = Date(timeIntervalSince1970: 1_795_482_000)
    static let made = Self.now - 5 * 3600

    static func instance(_ name: String, _ tier: String) -> Instance {
        Instance(
            id: .sample(named: name),
            location: "West Europe",
            tier: Tier(tier),
            units: 1,
            provisioningState: "Succeeded",
            identity: InstanceIdentity(systemPrincipalID: "22222222-2222-2222-2222-222222222222"),
            minimumAPIVersion: nil,
            document: .object([
                "properties": .object([
                    "hostnameConfigurations": .array([
                        .object([
                            "hostName": .string("api.\(name).example"), "type": .string("Proxy"),
                            "certificateSource": .string("KeyVault"),
                        ])
                    ]),
                    "customProperties": .object(["Tls10": .string(name == "contoso-apim" ? "True" : "False")]),
                ])
            ])
        )
    }

    static func plan(tier: String = "Developer", at now: Date = Self.now) -> RestorePlan {
        let record = RunRecord.sample(at: Self.made)
        let name = "contoso-apim-\(Self.made.compact).apimbackup"
        var point = RecoveryPoint(
            container: "apim-backups",
            name: name,
            instance: record.instanceKey,
            origin: .run(record.run, outcome: .verified),
            createdAt: Self.made,
            restorableUntil: Self.made + 30 * 86_400
        )
        point.recorded = record.backup
        point.blob = BlobProperties(
            name: name,
            bytes: 614_400,
            etag: ETag("\"\(Self.made.compact)\""),
            createdAt: Self.made,
            modifiedAt: Self.made,
            contentMD5: nil
        )
        let source = Self.instance("contoso-apim", "Developer")
        return RestorePlan(
            choice: RestoreChoice(point: point, reason: "the newest verified backup"),
            source: RestorePlan.Source(
                name: "contoso-apim",
                account: "contosobackups",
                instance: RecordedInstance(source),
                document: source.document
            ),
            target: Self.instance("contoso-standby", tier),
            access: .systemAssignedManagedIdentity,
            apiVersion: "2024-05-01",
            wishes: RestoreWishes(),
            usualDuration: nil,
            at: now
        )
    }

    @Test func `a plan, and one that is refused`() throws {
        let capture = Capture()
        RestorePrinter(terminal: capture.terminal()).print(Self.plan())
        try Golden.expect(capture.output, matches: "restore-plan")
        #expect(capture.errors.isEmpty)
        let refused = Capture()
        let plan = Self.plan(tier: "Premium", at: Self.now + 40 * 86_400)
        RestorePrinter(terminal: refused.terminal()).print(plan)
        try Golden.expect(refused.errors, matches: "restore-refused")
        let json = Capture()
        json.terminal().printDocument(RestorePlanDocument(plan))
        try Golden.expect(json.output, matches: "restore-plan-json")
    }

    static func end(_ outcome: RunOutcome) -> RestoreEnd {
        let plan = Self.plan()
        var record = RunRecord.sample(of: "contoso-standby", at: Self.now, outcome: outcome)
        record.backup = nil
        record.service = plan.target.document
        record.restore = RecordedRestore(
            backup: plan.backup,
            run: plan.choice.point.run,
            source: plan.source.instance,
            confirmation: RecordedRestore.Confirmation(
                name: "contoso-standby",
                at: Self.now,
                by: RecordedPrincipal(credential: "azure-cli", objectID: "1111")
            ),
            safetyBackup: RunID(instance: plan.target.id, nominalAt: Self.now - 600)
        )
        var end = RestoreEnd(report: RunReport(record: record, ending: .ended, isReattached: false, place: .catalog))
        if outcome == .verified {
            end.checks = RestoreCheck.all(before: record, after: plan.target)
            end.leftovers = plan.leftovers
        }
        return end
    }

    @Test func `how one ended`() throws {
        let capture = Capture()
        RestorePrinter(terminal: capture.terminal()).print(Self.end(.verified))
        RestorePrinter(terminal: capture.terminal()).print(Self.end(.failed))
        try Golden.expect(capture.output + capture.errors, matches: "restore-end")
        let json = Capture()
        for outcome in [RunOutcome.verified, .failed] {
            json.terminal().printDocument(RestoreSummary(Self.end(outcome)))
        }
        json.terminal().printDocument(RestoreSummary(instance: "a", error: BackupError(.busy, "Held.")))
        try Golden.expect(json.output, matches: "restore-summary")
    }

    @Test func `a target that is not as it should be is a failure`() {
        var end = Self.end(.verified)
        #expect(end.exitStatus == .success)
        var after = Self.instance("contoso-standby", "Developer")
        after.provisioningState = "Failed"
        end.checks = RestoreCheck.all(before: end.report.record, after: after)
        #expect(end.exitStatus == .failed)
    }

    @Test func `its record`() throws {
        let capture = Capture()
        RecordPrinter(terminal: capture.terminal()).print(Self.end(.verified).report.record)
        #expect(capture.output.contains("confirmed             as 'contoso-standby'"), "\(capture.output)")
        #expect(capture.output.contains("contosobackups/apim-backups"))
    }
}
