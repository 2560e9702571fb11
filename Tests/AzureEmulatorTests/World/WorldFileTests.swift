import EmulatorBlobStorage
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

    static let someID = "aaaaaaaa-1111-4111-8111-111111111111"

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
        Case(
            text: "{\"storageAccounts\": [{\"name\": \"abc\",\n\"containers\": [\"good\",\n\"A_\"]}]}",
            mistake:
                "w.json:3: storageAccounts[0].containers[1]: A container's name has 3 to 63 lower-case letters, digits "
                + "and single hyphens between them."
        ),
        Case(
            text: "{\"storageAccounts\": [{\"name\": \"abc\", \"containers\": [{\"name\": \"a--b\"}]}]}",
            mistake:
                "w.json:1: storageAccounts[0].containers[0].name: A container's name has 3 to 63 lower-case letters, "
                + "digits and single hyphens between them."
        ),
        Case(
            text: "{\"storageAccounts\": [{\"name\": \"abc\", \"containers\": [\"one\", 2]}]}",
            mistake: "w.json:1: storageAccounts[0].containers[1]: A name or an object is expected."
        ),
        Case(
            text: "{\"storageAccounts\": [{\"name\": \"abc\", \"containers\": [\"one\", {\"name\": \"one\"}]}]}",
            mistake: "w.json:1: storageAccounts[0].containers[1].name: The list has this one already."
        ),
        Case(
            text:
                "{\"storageAccounts\": [{\"name\": \"abc\",\n\"containers\": [{\"name\": \"one\", \"protectsVersions\": true}]}]}",
            mistake: "w.json:2: storageAccounts[0].containers[0].protectsVersions: It needs an account with versioning."
        ),
        Case(
            text:
                "{\"storageAccounts\": [{\"name\": \"abc\", \"versioning\": true, \"containers\": [{\"name\": \"one\", "
                + "\"immutableVersionDays\": 1, \"protectsVersions\": false}]}]}",
            mistake: "w.json:1: storageAccounts[0].containers[0].immutableVersionDays: It needs protectsVersions."
        ),
        Case(
            text:
                "{\"storageAccounts\": [{\"name\": \"abc\", \"versioning\": true, \"containers\": [{\"name\": \"one\", "
                + "\"immutableVersionDays\": 1, \"immutableDays\": 1}]}]}",
            mistake: "w.json:1: storageAccounts[0].containers[0].immutableDays: A container has a policy of its own or "
                + "protects single versions, not both."
        ),
        Case(
            text: "{\"storageAccounts\": [{\"name\": \"abc\", \"softDeleteDays\": 366}]}",
            mistake: "w.json:1: storageAccounts[0].softDeleteDays: A whole number from 1 to 365 is expected."
        ),
        Case(
            text: "{\"storageAccounts\": [{\"name\": \"abc\"},\n{\"name\": \"abc\"}]}",
            mistake: "w.json:2: storageAccounts[1].name: The list has this one already."
        ),
        Case(
            text: "{\"storageAccounts\": [{\"name\": \"abc\", \"corsMethods\": [\"FOO\"]}]}",
            mistake:
                "w.json:1: storageAccounts[0].corsMethods: 'FOO' is none of DELETE, GET, HEAD, MERGE, POST, OPTIONS, "
                + "PUT, PATCH."
        ),
        Case(
            text:
                "{\"instances\": [{\"name\": \"a\", \"tier\": \"Basic\"},\n{\"name\": \"A\", \"tier\": \"Premium\"}]}",
            mistake: "w.json:2: instances[1].name: The list has this one already."
        ),
        Case(
            text: "{\"instances\": [{\"name\": \"a\", \"tier\": \"Basic\", \"minApiVersion\": \"banana\"}]}",
            mistake:
                "w.json:1: instances[0].minApiVersion: A version such as 2021-08-01 or 2021-12-01-preview is expected."
        ),
        Case(
            text: "{\"roles\": [{\"name\": \"Starter\"},\n{\"name\": \"starter\"}]}",
            mistake: "w.json:2: roles[1].name: The list has this one already."
        ),
        Case(
            text: "{\"roles\": [{\"name\": \"Reader\"}]}",
            mistake: "w.json:1: roles[0].name: Azure has a role of this name already."
        ),
        Case(
            text: "{\"roles\": [{\"name\": \"a\", \"id\": \"\(someID)\"}, {\"name\": \"b\", \"id\": \"\(someID)\"}]}",
            mistake: "w.json:1: roles[1].id: The list has a role with this id already."
        ),
        Case(
            text: "{\"servicePrincipals\": [{\"name\": \"a\", \"certificates\": [\n\"junk\"]}]}",
            mistake: "w.json:2: servicePrincipals[0].certificates[0]: A certificate in PEM with an RSA or P-256 key is "
                + "expected."
        ),
        Case(
            text:
                "{\"servicePrincipals\": [{\"name\": \"a\", \"federatedCredentials\": [{\"issuer\": \"i\", \"subject\": "
                + "\"s\",\n\"publicKey\": \"junk\"}]}]}",
            mistake:
                "w.json:2: servicePrincipals[0].federatedCredentials[0].publicKey: A public key in PEM is expected, RSA "
                + "or P-256."
        ),
        Case(
            text: "{\"servicePrincipals\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}",
            mistake: "w.json:1: servicePrincipals[1].name: The list has this one already."
        ),
        Case(
            text: "{\"identities\": [{\"name\": \"a/b\"}]}",
            mistake: "w.json:1: identities[0].name: A name that is not empty and has no slash is expected."
        ),
        Case(
            text: "{\"subscriptions\": [{\"id\": \"\(someID)\"},\n{\"id\": \"\(someID.uppercased())\"}]}",
            mistake: "w.json:2: subscriptions[1].id: The list has this one already."
        ),
        Case(
            text: "{\"resourceGroups\": [\n{\"name\": \"\"}]}",
            mistake: "w.json:2: resourceGroups[0].name: A name that is not empty and has no slash is expected."
        ),
        Case(
            text: "{\"resourceGroups\": [{\"name\": \"rg.\"}]}",
            mistake: "w.json:1: resourceGroups[0].name: A resource group's name has 1 to 90 letters, digits, hyphens, "
                + "underscores, parentheses and periods, and does not end with a period."
        ),
        Case(
            text: "{\"locks\": [{\"name\": \"keep\", \"level\": \"ReadOnly\", \"scope\": \"subscription\"}, "
                + "{\"name\": \"Keep\", \"level\": \"CanNotDelete\", \"scope\": \"subscription\"}]}",
            mistake: "w.json:1: locks[1].name: The list has this one already."
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
             "storageAccounts": [{"name": "other", "firewallDefaultDeny": true, "softDeleteDays": 7, "versioning": true,
                 "disabled": true, "containers": ["vault", {"name": "worm", "immutableVersionDays": 30},
                                                  {"name": "held", "immutableDays": 2, "legalHold": true}]}],
             "instances": [{"name": "contoso-apim", "tier": "Premium", "systemAssigned": false, "identities": ["caller"]}],
             "roles": [{"name": "Starter", "actions": ["Microsoft.ApiManagement/service/backup/action"]}],
             "machine": {"identities": ["caller"]},
             "roleAssignments": [
               {"principal": "caller", "role": "Starter", "scope": "instance:contoso-apim"},
               {"principal": "instance:fabrikam-apim", "role": "Storage Blob Data Contributor", "scope": "container:other/vault"}
             ]}
            """
        let world = try World.parse(Data(text.utf8), file: "w.json")
        #expect(world.timings.backupSeconds == 5)
        #expect(world.instances.count == 5)
        #expect(world.instances.first { $0.name == "contoso-apim" }?.tier == .premium)
        #expect(world.instances.first { $0.name == "contoso-apim" }?.identity.type == "UserAssigned")
        let account = try #require(world.storageAccounts.last)
        #expect(account.firewallDefaultDeny && account.isVersioned && account.isDisabled)
        #expect(account.softDeleteDays == 7)
        #expect(
            account.containers == [
                "vault",
                EmulatedContainer(
                    name: "worm",
                    immutability: ContainerImmutability(protectsVersions: true, versionDays: 30)
                ),
                EmulatedContainer(name: "held", immutability: ContainerImmutability(days: 2, hasLegalHold: true)),
            ]
        )
        #expect(world.machine.userAssigned.count == 1)
        #expect(world.roleAssignments.count == World.builtIn.roleAssignments.count + 2)
        #expect(world.roleAssignments.last?.scope.path.hasSuffix("/default/containers/vault") == true)
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
