import Foundation
import Testing

@testable import AzureEmulator

@Suite("World files")
struct WorldFileTests {
    private func mistakes(_ text: String) throws -> [String] {
        do {
            _ = try World.parse(Data(text.utf8), file: "w.json")
            return []
        } catch let mistakes as FileMistakes {
            return mistakes.mistakes.map(\.description)
        }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var text: String
        var mistake: String

        var testDescription: String { self.mistake }
    }

    static let cases = [
        Case(
            text: "{\n\"timings\": {\n\"backupSecond\": 1}}",
            mistake: "w.json:3: timings.backupSecond: There is no such field."
        ),
        Case(
            text: "{\"timings\": {\n\"backupSeconds\": 0}}",
            mistake: "w.json:2: timings.backupSeconds: A whole number from 1 to 604800 is expected."
        ),
        Case(
            text: "{\n\"instances\": [{\"name\": \"a\"}]}",
            mistake: "w.json:2: instances[0]: The field 'tier' is missing."
        ),
        Case(
            text: "{\"instances\": [\n{\"name\": \"a\",\n\"tier\": \"Gold\"}]}",
            mistake: "w.json:3: instances[0].tier: One of Developer, Basic, Standard, Premium, Isolated, Consumption, "
                + "BasicV2, StandardV2, PremiumV2 is expected."
        ),
        Case(
            text: "{\"roleAssignments\": [{\"principal\": \"x\",\n\"role\": \"Reader\", \"scope\": \"/\"}]}",
            mistake: "w.json:1: roleAssignments[0].principal: There is no principal 'x'."
        ),
        Case(
            text:
                "{\"roleAssignments\": [{\"principal\": \"instance:contoso-apim\",\"role\": \"x\", \"scope\": \"/\"}]}",
            mistake: "w.json:1: roleAssignments[0].role: There is no role 'x'."
        ),
        Case(
            text: "{\"instances\": [{\"name\": \"a\", \"tier\": \"Basic\", \"resourceGroup\": \"x\"}]}",
            mistake: "w.json:1: instances[0].resourceGroup: There is no resource group 'x'."
        ),
        Case(
            text: "{\"base\": \"empty\",\n\"base\": \"empty\"}",
            mistake: "w.json:2: base: The field is there more than once."
        ),
        Case(
            text: "{\"locks\": [{\"name\": \"keep\", \"level\": \"ReadOnly\", \"scope\": \"instance:x\"}]}",
            mistake: "w.json:1: locks[0].scope: There is no scope 'instance:x'."
        ),
        Case(
            text: "{\"locks\": [{\"name\": \"keep\", \"level\": \"Never\",\n\"scope\": \"subscription\"}]}",
            mistake: "w.json:1: locks[0].level: One of CanNotDelete, ReadOnly is expected."
        ),
        Case(
            text: "{\"throttling\": {\"reads\": {\"refillPerSecond\": 0}}}",
            mistake: "w.json:1: throttling.reads.refillPerSecond: A number from 0.001 is expected."
        ),
        Case(
            text: "{\"throttling\": {\n\"read\": {}}}",
            mistake: "w.json:2: throttling.read: There is no such field."
        ),
        Case(
            text: "{\"storageAccounts\": [{\"name\": \"abc\", \"firewallAddresses\": [\"10.0.0.0/33\"]}]}",
            mistake: "w.json:1: storageAccounts[0].firewallAddresses: '10.0.0.0/33' is neither an address nor a range "
                + "such as 203.0.113.0/24."
        ),
        Case(text: "[]", mistake: "w.json:1: An object is expected."),
        Case(text: "{\n\n,}", mistake: "w.json:3: a member's name in quotes is missing"),
        Case(text: "", mistake: "w.json:1: a value is missing"),
    ]

    @Test(arguments: cases)
    func `a mistake is told with file, line and field`(_ example: Case) throws {
        #expect(try self.mistakes(example.text) == [example.mistake])
    }

    @Test func `all mistakes are told at once`() throws {
        #expect(try self.mistakes("{\"a\": 1, \"tenantId\": 2, \"timings\": []}").count == 3)
    }

    @Test func `a file completes the built-in world, and replaces what it names again`() throws {
        let text = """
            {"timings": {"backupSeconds": 5},
             "identities": [{"name": "caller"}],
             "storageAccounts": [{"name": "other", "containers": ["c"], "firewallDefaultDeny": true}],
             "instances": [{"name": "contoso-apim", "tier": "Premium", "systemAssigned": false, "identities": ["caller"]}],
             "roles": [{"name": "Starter", "actions": ["Microsoft.ApiManagement/service/backup/action"]}],
             "machine": {"identities": ["caller"]},
             "roleAssignments": [
               {"principal": "caller", "role": "Starter", "scope": "instance:contoso-apim"},
               {"principal": "instance:fabrikam-apim", "role": "Storage Blob Data Contributor", "scope": "container:other/c"}
             ]}
            """
        let world = try World.parse(Data(text.utf8), file: "w.json")
        #expect(world.timings.backupSeconds == 5)
        #expect(world.instances.count == 5)
        #expect(world.instances.first { $0.name == "contoso-apim" }?.tier == .premium)
        #expect(world.instances.first { $0.name == "contoso-apim" }?.identity.type == "UserAssigned")
        #expect(world.storageAccounts.last?.firewallDefaultDeny == true)
        #expect(world.machine.userAssigned.count == 1)
        #expect(world.roleAssignments.count == World.builtIn.roleAssignments.count + 2)
        #expect(world.roleAssignments.last?.scope.path.hasSuffix("/other/blobServices/default/containers/c") == true)
    }

    @Test func `an empty base holds only a subscription`() throws {
        let world = try World.parse(Data(#"{"base": "empty", "resourceGroups": [{"name": "g"}]}"#.utf8), file: "w")
        #expect(world.instances.isEmpty)
        #expect(world.roleAssignments.isEmpty)
        #expect(world.resourceGroups.map(\.name) == ["g"])
        #expect(world.subscriptions.count == 1)
    }

    @Test func `a file that cannot be read is told by name`() {
        #expect(throws: FileMistakes.self) { try World.load(file: "/nowhere/w.json") }
    }
}
