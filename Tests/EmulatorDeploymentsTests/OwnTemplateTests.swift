import EmulatorDeployments
import EmulatorExpressions
import EmulatorRuntime
import Foundation
import Testing

/// The templates that the project ships, as files: nothing of the program that writes them takes part.
@Suite("The templates in deploy/, evaluated")
struct OwnTemplateTests {
    private static let names = ["azuredeploy.json", "azuredeploy.container-app-job.json"]
    private static let instance =
        "/subscriptions/\(TemplateFixture.subscription)/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso-apim"

    private static func json(_ name: String) throws -> JSON {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../deploy").standardized
        return try JSONParser.parse(Data(contentsOf: folder.appending(path: name))).value
    }

    private static func plan(_ name: String, _ more: JSON = [:]) throws -> DeploymentPlan {
        var sent: JSON = [
            "apim_name": ["value": "contoso-apim"], "backup_storage_account_name": ["value": "contosobackups"],
        ]
        if name.contains("job") { sent["image"] = ["value": "registry.example.com/apim-backup@sha256:0"] }
        for member in more.object ?? [] { sent[member.name] = ["value": member.value] }
        return try TemplateFixture.plan(Self.json(name), sent)
    }

    @Test(arguments: names)
    func `are laid out, with the look at the instance before all else`(_ name: String) throws {
        let resources = try Self.plan(name).resources.filter(\.isEnabled)
        let guardian = try #require(resources.first)
        #expect(guardian.name.hasPrefix("backup-instance-"))
        #expect(guardian.dependencies.isEmpty)
        var behind: Set<String> = [guardian.key]
        for _ in resources {
            for resource in resources where resource.dependencies.contains(where: behind.contains) {
                behind.insert(resource.key)
            }
        }
        #expect(behind.count == resources.count, "\(resources.map(\.name).filter { !behind.contains($0) })")
        let alerts = ["actionGroups", "metricAlerts", "scheduledQueryRules"].map { "Microsoft.Insights/\($0)" }
        #expect(!resources.contains { alerts.contains($0.type) }, "alerts need an address")
    }

    @Test(arguments: names)
    func `have alerts where there is an address`(_ name: String) throws {
        let resources = try Self.plan(name, ["alert_email": "ops@example.com"]).resources.filter(\.isEnabled)
        let types = Set(resources.map(\.type))
        #expect(types.contains("Microsoft.Insights/actionGroups"))
        #expect(types.contains("Microsoft.Insights/scheduledQueryRules"))
    }

    struct Look: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var instance: JSON
        var identity = ""
        var says: String?
    }

    static let looks = [
        Look(
            testDescription: "its own identity",
            instance: ["sku": ["name": "Developer"], "identity": ["type": "SystemAssigned", "principalId": "p"]]
        ),
        Look(
            testDescription: "no identity",
            instance: ["sku": ["name": "Developer"]],
            says: "--enable-managed-identity true"
        ),
        Look(
            testDescription: "another kind of identity",
            instance: [
                "sku": ["name": "Developer"], "identity": ["type": "UserAssigned", "userAssignedIdentities": [:]],
            ],
            says: "az apim update --name contoso-apim --resource-group rg"
        ),
        Look(
            testDescription: "a tier without backup",
            instance: ["sku": ["name": "StandardV2"], "identity": ["type": "SystemAssigned", "principalId": "p"]],
            says: "tier StandardV2"
        ),
        Look(
            testDescription: "a user-assigned identity that it lacks",
            instance: ["sku": ["name": "Basic"], "identity": ["type": "SystemAssigned", "principalId": "p"]],
            identity: "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u",
            says: "does not have the identity /subscriptions/s"
        ),
    ]

    @Test(arguments: looks)
    func `end at once where no backup could be made, with the command that mends it`(_ look: Look) throws {
        let outer = try Self.json("azuredeploy.json")
        let nested = try #require(outer.member(at: "resources")?.array?.first?.member(at: "properties", "template"))
        let plan = try TemplateFixture.plan(
            nested,
            ["apim_name": ["value": "contoso-apim"], "access_identity_id": ["value": .string(look.identity)]]
        )
        let reader = TemplateFixture(resources: [Self.instance: look.instance])
        do {
            let outputs = try plan.outputs(reader: reader)
            #expect(look.says == nil)
            #expect(outputs.member(at: "principalId", "value")?.string == "p")
        } catch {
            #expect("\(error)".contains(look.says ?? "no failure"), "\(error)")
        }
    }
}
