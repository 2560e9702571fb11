import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("API Management behind a storage account's firewall")
struct StorageFirewallTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var access = "SystemAssignedManagedIdentity"
        var region = "westeurope"
        var bypass = true
        var addresses: [String] = []
        var status: Int
    }

    static let own = "\(InstanceView.publicAddress(of: "contoso-apim"))"

    static let cases = [
        Case(testDescription: "the system identity, as a trusted service", status: 200),
        Case(testDescription: "the same, from another region", region: "northeurope", status: 200),
        Case(testDescription: "the system identity, without the trusted services", bypass: false, status: 400),
        Case(testDescription: "a user-assigned identity is no trusted service", access: "User", status: 400),
        Case(testDescription: "a key is no trusted service", access: "AccessKey", status: 400),
        Case(
            testDescription: "a key, with a rule for the address, in the same region",
            access: "AccessKey",
            addresses: [own],
            status: 400
        ),
        Case(
            testDescription: "a key, with a rule for the address, from another region",
            access: "AccessKey",
            region: "northeurope",
            addresses: [own],
            status: 200
        ),
        Case(
            testDescription: "a key, with a rule for a range, from another region",
            access: "AccessKey",
            region: "northeurope",
            addresses: ["20.61.0.0/16"],
            status: 200
        ),
        Case(
            testDescription: "a key, with a rule for another address, from another region",
            access: "AccessKey",
            region: "northeurope",
            addresses: ["203.0.113.7"],
            status: 400
        ),
    ]

    @Test(arguments: cases)
    func `who comes through is a matter of access, region and rules`(_ example: Case) async throws {
        var world = World.builtIn
        let identity = world.userAssignedIdentities[0]
        world.instances[0].identity.userAssigned = [identity.id]
        world.storageAccounts[0].location = example.region
        world.storageAccounts[0].firewallDefaultDeny = true
        world.storageAccounts[0].trustedServicesBypass = example.bypass
        world.storageAccounts[0].firewallAddresses = example.addresses
        let emulated = try Emulated(world)
        var change: [String: JSON] = ["accessType": .string(example.access)]
        if example.access == "AccessKey" { change["accessKey"] = .string(world.storageAccounts[0].keys[0]) }
        if example.access == "User" {
            change = ["accessType": "UserAssignedManagedIdentity", "clientId": .string(identity.clientID)]
        }
        let accepted = try await emulated.backUp(with: change)
        #expect(accepted.status == 202)
        emulated.clock.advance(seconds: 600)
        let ended = try await emulated.follow(accepted)
        #expect(ended.status == example.status)
        if example.status != 200 {
            #expect(ended.message == "This request is not authorized to perform this operation.")
        }
    }

    @Test func `the account shows its rules as Azure does`() async throws {
        var world = World.builtIn
        world.storageAccounts[0].firewallDefaultDeny = true
        world.storageAccounts[0].trustedServicesBypass = false
        world.storageAccounts[0].firewallAddresses = ["203.0.113.0/24"]
        let answer = try await Emulated(world).manage(.get, world.storageAccounts[0].id.path)
        let rules = answer.body["properties"]?["networkAcls"]
        #expect(rules?["defaultAction"]?.string == "Deny")
        #expect(rules?["bypass"]?.string == "None")
        #expect(rules?["ipRules"] == [["value": "203.0.113.0/24", "action": "Allow"]])
    }
}
