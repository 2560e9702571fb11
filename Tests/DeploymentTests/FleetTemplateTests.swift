import BackupDomain
import Deployment
import Foundation
import Testing

@Suite("The template for all instances of a settings file")
struct FleetTemplateTests {
    /// Instances in two resource groups, the first two in one account; of the last one only the inventory is taken.
    private static let template = FleetTemplate(
        members: ["contoso-apim", "contoso-standby", "adatum-apim", "northwind-apim"].enumerated().map { index, name in
            FleetMember(
                instance: name,
                instanceGroup: index < 2 ? "rg-apim" : "rg-adatum",
                account: index < 2 ? "contosobackups" : "adatumbackups",
                accountGroup: index < 2 ? "rg-apim" : "rg-adatum",
                container: "apim-backups",
                catalogContainer: "apim-backups-catalog",
                writer: "00000000-0000-4000-8000-00000000000\(index)",
                assignsWriter: true,
                isInventoryOnly: index == 3
            )
        },
        variables: ["APIM_BACKUP_WIDTH": "8"],
        secretVariables: ["SLACK_URL"]
    )

    private static func parsed() throws -> JSONValue {
        try JSONDecoder.stable().decode(JSONValue.self, from: Data(Self.template.document.value.json.utf8))
    }

    /// The file is held to others' rules too: `scripts/check-policies`.
    @Test func `is what its file holds`() throws {
        let text = Self.template.document.value.json
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/fleet-template.json")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "UPDATE_GOLDEN=1 writes it anew")
    }

    @Test func `is as Azure's types say`() throws {
        let findings = try ResourceTypeSlice().findings(Self.parsed())
        #expect(findings.isEmpty, "\(findings)")
    }

    @Test func `has one job on a schedule, one pair of alerts, and each role once`() throws {
        let text = Self.template.document.value.json
        func count(_ part: String) -> Int { text.ranges(of: part).count }
        #expect(count("\"triggerType\": \"Schedule\"") == 1)
        #expect(count("\"triggerType\": \"Manual\"") == 1)
        #expect(count("\"type\": \"Microsoft.Insights/scheduledQueryRules\"") == 2)
        // Of each instance the Operator role or ours; of each account reader, pruner and records; three writers, each in the
        // container or in the account. Of the one without backups the Reader role.
        #expect(count("\"type\": \"Microsoft.Authorization/roleAssignments\"") == 3 * 2 + 2 * 3 + 3 * 2 + 1)
        #expect(text.contains("[''adatum-apim'', ''contoso-apim'', ''contoso-standby'', ''northwind-apim'']"))
    }

    @Test func `mounts the settings, and shows no secret`() throws {
        let document = try Self.parsed()
        let secrets = ["settings", "secret_SLACK_URL"].map { document["parameters"]?[$0]?["type"]?.string }
        #expect(secrets == ["securestring", "securestring"])
        let text = Self.template.document.value.json
        #expect(text.contains("\"mountPath\": \"/etc/apim-backup\""))
        #expect(text.contains("\"secretRef\": \"slack-url\""))
        #expect(text.contains("\"value\": \"8\""))
    }
}
