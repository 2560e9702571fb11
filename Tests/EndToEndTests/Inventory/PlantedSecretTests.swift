import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Inventory
import Testing

@Suite("Secrets that lie in an instance", .timeLimit(.minutes(2)))
struct PlantedSecretTests {
    private static let secret = "planted-5ecret-value"

    @Test(arguments: [InventoryLevel.names, .full])
    func `are in no byte that is stored or printed`(_ level: InventoryLevel) async throws {
        try await LocalAzure.with(world: LocalAzure.editableWorld) { azure in
            let azure = azure.taking(level)
            try await Self.plant(azure)
            #expect(await azure.backUp().code == 0)
            let texts = try await azure.storedTexts()
            let inventories = texts.filter { $0.name.hasPrefix("v1/inventories/") }
            #expect(!inventories.isEmpty)
            for (_, text) in inventories {
                // What the secrets lie in is there, and nobody's address.
                #expect(text.contains("namedValues/planted"))
                #expect(text.contains("backends/planted"))
                #expect(!text.contains("somebody@"))
            }
            for (name, text) in texts { #expect(!text.contains(Self.secret), "\(name)") }
            for arguments in [
                ["show", "contoso-apim", "--contents", "--format", "json"], ["diff", "contoso-apim", "live"],
            ] {
                #expect(!(await azure.run(arguments)).everything.contains(Self.secret))
            }
        }
    }

    private static func plant(_ azure: LocalAzure) async throws {
        let secret = Self.secret
        try await azure.edit(
            .put,
            "namedValues/planted",
            #"{"displayName": "planted", "secret": false, "value": "\#(secret)"}"#
        )
        try await azure.edit(
            .put,
            "backends/planted",
            """
            {"url": "https://user:\(secret)@host.example/path?code=\(secret)", "protocol": "http",
             "credentials": {"header": {"x-key": ["\(secret)"]}, "query": {"code": ["\(secret)"]},
                             "authorization": {"scheme": "Basic", "parameter": "\(secret)"}},
             "proxy": {"url": "http://proxy.example", "username": "u", "password": "\(secret)"}}
            """
        )
        let policy =
            #"{"value": "<policies><inbound><set-header name='k'>\#(secret)</set-header></inbound></policies>"}"#
        for scope in ["", "apis/stock-v1/", "apis/stock-v1/operations/list-stock/", "products/starter/"] {
            try await azure.edit(.put, "\(scope)policies/policy", policy)
        }
        try await azure.edit(.put, "policyFragments/planted", #"{"value": "<fragment>\#(secret)</fragment>"}"#)
        try await azure.edit(
            .put,
            "subscriptions/planted",
            #"{"displayName": "planted", "scope": "/apis", "primaryKey": "\#(secret)", "secondaryKey": "\#(secret)"}"#
        )
        try await azure.edit(
            .put,
            "loggers/planted",
            #"{"loggerType": "azureEventHub", "credentials": {"connectionString": "Endpoint=sb://x;SharedAccessKey=\#(secret)"}}"#
        )
        try await azure.edit(
            .put,
            "caches/planted",
            #"{"useFromLocation": "default", "connectionString": "\#(secret)"}"#
        )
        try await azure.edit(.put, "identityProviders/aad", #"{"clientId": "c", "clientSecret": "\#(secret)"}"#)
        try await azure.edit(.put, "certificates/planted", #"{"data": "\#(secret)", "password": "\#(secret)"}"#)
        try await azure.edit(
            .put,
            "users/planted",
            #"{"email": "somebody@\#(secret).example", "firstName": "\#(secret)", "lastName": "L", "note": "\#(secret)"}"#
        )
    }
}
