import BackupDomain
import BackupEngine
import Doctor
import Foundation
import Testing

@Suite("Checks that settings and clocks decide")
struct CheckTests {
    static let now = Date(timeIntervalSince1970: 1_795_482_000)

    static func examination(_ change: (inout Examination) -> Void = { _ in }) -> Examination {
        let subject = Subject(
            instance: "contoso-apim",
            account: "contosobackups",
            accountID: nil,
            container: "apim-backups",
            catalogContainer: "apim-backups-catalog",
            access: .systemAssignedManagedIdentity,
            apiVersion: "2024-05-01",
            retention: RetentionPolicy()
        )
        var examination = Examination(subject: subject, at: Self.now)
        change(&examination)
        return examination
    }

    static func finding(_ check: String, _ change: (inout Examination) -> Void) throws -> Finding {
        try #require(Checkup.findings(Self.examination(change)).first { $0.check == check })
    }

    @Test func `every check has one name and says something of an examination in which nothing was read`() {
        let findings = Checkup.findings(Self.examination())
        let names = Checkup.all.map { $0.name }
        #expect(Set(names).count == names.count)
        #expect(Set(findings.map(\.check)) == Set(names.map(\.rawValue)))
        #expect(Set(names + Checkup.ofInventories.map { $0.name }) == Set(CheckName.allCases))
        #expect(findings.allSatisfy { !$0.text.isEmpty && $0.verdict != .ok })
    }

    @Test(arguments: [("Consumption", Finding.Verdict.ok), ("StandardV2", .ok), ("Developer", .warning)])
    func `where only an inventory is taken, nothing of a backup is asked for`(
        _ tier: String,
        _ verdict: Finding.Verdict
    ) throws {
        let path = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/northwind-apim"
        let id = try #require(ResourceID(path))
        let examination = Self.examination { examination in
            examination.subject.isInventoryOnly = true
            examination.instance = .found(
                Instance(
                    id: id,
                    location: "West Europe",
                    tier: Tier(tier),
                    units: 1,
                    provisioningState: "Succeeded",
                    identity: InstanceIdentity(systemPrincipalID: nil),
                    minimumAPIVersion: nil,
                    document: .object([:])
                )
            )
        }
        let findings = Checkup.findings(examination)
        #expect(findings.first { $0.check == "tier" }?.verdict == verdict)
        #expect(Set(findings.map(\.check)) == Set(Checkup.ofInventories.map { $0.name.rawValue }))
        #expect(!findings.contains { $0.text.contains(examination.subject.container + " ") })
    }

    @Test(arguments: [
        ("apim-backups/", 7, Finding.Verdict.warning), ("apim-backups/", 30, .ok), ("apim-", 400, .warning),
        ("apim-backups-catalog", 400, .warning), ("logs/", 1, .ok),
    ])
    func `a rule that moves backups or records to the tier Archive is told`(
        _ prefix: String,
        _ days: Int,
        _ verdict: Finding.Verdict
    ) throws {
        let actions: [String: JSONValue] = [
            "baseBlob": .object([
                "tierToArchive": .object(["daysAfterModificationGreaterThan": .integer(Int64(days))])
            ])
        ]
        let rule: [String: JSONValue] = [
            "name": .string("tidy"),
            "definition": .object([
                "filters": .object(["prefixMatch": .array([.string(prefix)])]), "actions": .object(actions),
            ]),
        ]
        let policy: [String: JSONValue] = ["policy": .object(["rules": .array([.object(rule)])])]
        let finding = try Self.finding("lifecycle") {
            $0.lifecycle = .found(.object(["properties": .object(policy)]))
        }
        #expect(finding.verdict == verdict)
        #expect(finding.text.contains("to the tier Archive after \(days) days") == (verdict == .warning))
        #expect(finding.remedy?.contains("management-policy show") ?? false == (verdict == .warning))
    }

    @Test(arguments: [(0.0, Finding.Verdict.ok), (200, .ok), (-200, .ok), (301, .fault), (-301, .fault)])
    func `a clock may be five minutes off`(_ seconds: Double, _ verdict: Finding.Verdict) throws {
        let finding = try Self.finding("clock") {
            $0.clock = ClockComparison(service: Self.now + seconds, asked: Self.now, answered: Self.now)
        }
        #expect(finding.verdict == verdict)
    }

    @Test(arguments: [(1, Finding.Verdict.ok), (7, .ok), (8, .warning), (29, .warning), (30, .fault)])
    func `a schedule leaves a backup that Azure still restores`(_ days: Int, _ verdict: Finding.Verdict) throws {
        let finding = try Self.finding("schedule") { examination in
            examination.subject.schedule = Subject.Timing(
                text: "every \(days) d",
                next: Self.now,
                longestInterval: .seconds(days * 86_400)
            )
        }
        #expect(finding.verdict == verdict)
    }

    @Test func `a schedule without a time is a fault`() throws {
        let finding = try Self.finding("schedule") { examination in
            examination.subject.schedule = Subject.Timing(text: "0 0 30 2 *", next: nil, longestInterval: .zero)
        }
        #expect(finding.verdict == .fault)
    }

    @Test func `somebody must be told`() throws {
        #expect(try Self.finding("notifications") { $0.subject.channels = 0 }.verdict == .warning)
        #expect(try Self.finding("notifications") { $0.subject.channels = 2 }.verdict == .ok)
        let failing = try Self.finding("notifications") { examination in
            examination.subject.channels = 1
            examination.channelWarnings = ["The channel 'ops' has taken nothing."]
        }
        #expect(failing.verdict == .warning)
        #expect(failing.remedy == "apim-backup notify test")
    }

    @Test func `what is missing altogether is a fault with the command that shows it`() throws {
        let account = try Self.finding("storage-account") { $0.account = .missing }
        #expect(account.verdict == .fault && account.remedy?.hasPrefix("az storage account list") == true)
        let credential = try Self.finding("credential") { $0.caller = .missing }
        #expect(credential.verdict == .fault && credential.remedy == "apim-backup credentials test")
        let container = try Self.finding("containers") { $0.containers["apim-backups"] = .missing }
        #expect(container.verdict == .warning && container.fix != nil)
        #expect(try Self.finding("last-backup") { $0.status = .missing }.verdict == .warning)
        let unprotected = ProtectionStatus(nil, pause: nil, expectation: ProtectionStatus.Expectation(), at: Self.now)
        let lost = try Self.finding("last-backup") { $0.status = .found(unprotected) }
        #expect(lost.verdict == .fault && lost.remedy?.hasPrefix("apim-backup run contoso-apim") == true)
        var old = unprotected
        (old.verdict, old.reasons) = (.atRisk, ["The newest good backup is 3 d old; 26 h are allowed."])
        let risk = try Self.finding("last-backup") { $0.status = .found(old) }
        #expect(risk.verdict == .warning && risk.text.contains("3 d old"))
        (old.verdict, old.reasons) = (.protected, [])
        #expect(try Self.finding("last-backup") { $0.status = .found(old) }.verdict == .ok)
        #expect(try Self.finding("workspace-gateways") { $0.workspaceGateways = .found([]) }.verdict == .ok)
        #expect(try Self.finding("workspace-gateways") { $0.workspaceGateways = .found(["/g"]) }.verdict == .fault)
    }

    private static func account(_ access: String, _ action: String, _ bypass: String) -> JSONValue {
        .object([
            "properties": .object([
                "publicNetworkAccess": .string(access),
                "networkAcls": .object(["defaultAction": .string(action), "bypass": .string(bypass)]),
            ])
        ])
    }

    @Test(arguments: [
        ("Enabled Allow None", Finding.Verdict.ok), ("Enabled Deny Logging,AzureServices", .ok),
        ("Enabled Deny Logging,Metrics", .fault), ("Disabled Deny AzureServices", .warning),
    ])
    func `a firewall lets trusted services in or not`(_ rules: String, _ verdict: Finding.Verdict) throws {
        let parts = rules.split(separator: " ").map(String.init)
        let finding = try Self.finding("firewall") { $0.account = .found(Self.account(parts[0], parts[1], parts[2])) }
        #expect(finding.verdict == verdict)
    }

    @Test func `what passes a firewall already goes on passing it`() throws {
        let finding = try Self.finding("firewall") { examination in
            examination.account = .found(Self.account("Enabled", "Deny", "Logging, Metrics"))
        }
        #expect(finding.remedy?.hasSuffix("--bypass Logging Metrics AzureServices") == true)
    }

    @Test func `rights are the sum of roles, each less what it takes out`() {
        let contributor: JSONValue = .object([
            "actions": .array([.string("*")]), "notActions": .array([.string("Microsoft.Authorization/*/write")]),
        ])
        let data: JSONValue = .object(["dataActions": .array([.string("Microsoft.Storage/*/blobs/write")])])
        let rights = Rights(roles: [contributor, data].map(Rights.Role.init))
        #expect(rights.allow("Microsoft.ApiManagement/service/backup/action"))
        #expect(!rights.allow("Microsoft.Authorization/roleAssignments/write"))
        #expect(rights.allowData("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write"))
        #expect(!rights.allowData("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"))
    }
}
