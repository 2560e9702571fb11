import BackupDomain
import Foundation
import Provisioning
import TestSupport
import Testing

@Suite("The template of an instance that is gone")
struct InstanceRebuildTests {
    static let service: JSONValue = {
        let text = """
            {"id": "/x", "name": "contoso-apim", "location": "West Europe", "etag": "AAA=", "zones": ["1", "2"],
             "tags": {"team": "apis"}, "sku": {"name": "Premium", "capacity": 2},
             "identity": {"type": "SystemAssigned, UserAssigned", "principalId": "p", "tenantId": "t",
                          "userAssignedIdentities": {"/subscriptions/s/w": {"clientId": "c", "principalId": "q"}}},
             "properties": {
                "publisherEmail": "apis@contoso.example", "publisherName": "Contoso", "provisioningState": "Succeeded",
                "gatewayUrl": "https://contoso-apim.azure-api.net", "publicIPAddresses": ["20.61.0.1"],
                "virtualNetworkType": "Internal", "certificates": [{"storeName": "Root"}],
                "virtualNetworkConfiguration": {"subnetResourceId": "/subnets/a", "vnetid": "1", "subnetname": null},
                "customProperties": {"Tls10": "False"}, "publicIpAddressId": null,
                "privateEndpointConnections": [{}, {}],
                "additionalLocations": [{"location": "North Europe", "sku": {"name": "Premium", "capacity": 1},
                                         "gatewayRegionalUrl": "https://x", "publicIPAddresses": ["1.2.3.4"]}],
                "hostnameConfigurations": [
                    {"type": "Proxy", "hostName": "contoso-apim.azure-api.net", "certificateSource": "BuiltIn"},
                    {"type": "Proxy", "hostName": "api.contoso.example", "certificateSource": "KeyVault",
                     "keyVaultId": "https://v/secrets/c", "identityClientId": null, "certificate": {"thumbprint": "A"}},
                    {"type": "Management", "hostName": "m.contoso.example", "certificateSource": "Custom"}]}}
            """
        guard let value = try? JSONDecoder.stable().decode(JSONValue.self, from: Data(text.utf8)) else { return .null }
        return value
    }()

    @Test func `has what Azure takes, and nothing that it only shows`() throws {
        let rebuild = InstanceRebuild(of: Self.service, id: .sample(named: "contoso-apim"))
        let resource = try #require(rebuild.template["resources"]?.array?.first)
        #expect(resource["sku"] == Self.service["sku"])
        #expect(resource["zones"] == Self.service["zones"])
        #expect(resource["tags"]?["team"]?.string == "apis")
        #expect(resource["identity"]?["userAssignedIdentities"] == .object(["/subscriptions/s/w": .object([:])]))
        #expect(resource["identity"]?["principalId"] == nil)
        let properties = try #require(resource["properties"]?.object)
        #expect(
            Set(properties.keys) == [
                "publisherEmail", "publisherName", "virtualNetworkType", "virtualNetworkConfiguration",
                "customProperties",
                "additionalLocations", "hostnameConfigurations",
            ]
        )
        #expect(properties["virtualNetworkConfiguration"] == .object(["subnetResourceId": .string("/subnets/a")]))
        let place = try #require(properties["additionalLocations"]?.array?.first?.object)
        #expect(Set(place.keys) == ["location", "sku"])
        let hosts = properties["hostnameConfigurations"]?.array ?? []
        #expect(hosts.map { $0["hostName"]?.string } == ["api.contoso.example"])
        #expect(hosts.first?["certificate"] == nil)
    }

    /// The file is held to others' rules too: `scripts/check-policies`.
    @Test func `is what its file holds`() throws {
        let template = InstanceRebuild(of: Self.service, id: .sample(named: "contoso-apim")).template
        let text = String(decoding: try JSONEncoder.stable(pretty: true).encode(template), as: UTF8.self) + "\n"
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Fixtures/rebuild-template.json"
        )
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "UPDATE_GOLDEN=1 writes it anew")
    }

    @Test(arguments: [
        "m.contoso.example had an uploaded certificate", "api.contoso.example comes from Key Vault", "1 CA certificate",
        "2 private endpoints", "identity is another one", "Diagnostic settings",
    ])
    func `names what it cannot have`(_ words: String) {
        let rebuild = InstanceRebuild(of: Self.service, id: .sample(named: "contoso-apim"))
        #expect(rebuild.omitted.contains { $0.contains(words) }, "\(rebuild.omitted)")
    }

    @Test func `the command that recovers a deleted instance takes what the record knows`() throws {
        let id = ResourceID.sample(named: "contoso-apim")
        let now = Date(timeIntervalSince1970: 1_795_482_000)
        let deleted = DeletedInstance(id: id, location: "West Europe", deletedAt: now, purgesAt: now + 41 * 3600)
        #expect(deleted.sentence(at: now).contains("for 1 d 17 h more"))
        let command = deleted.recovery(Self.service)
        #expect(command.contains(#""restore":true"#) && command.contains("apis@contoso.example"), "\(command)")
        #expect(deleted.recovery(nil).contains("EMAIL"))
    }
}
