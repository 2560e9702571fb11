import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Inventory
import Testing

@Suite("Every kind of what lies in an instance, through sockets", .timeLimit(.minutes(3)))
struct EveryKindTests {
    private static let secret = "planted-5ecret-value"

    /// An instance of a tier that has every kind, with nothing in it.
    private static let world = """
        {"timings": {"restoreSeconds": 60},
         "instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Premium", "configuration": {}}],
         "roleAssignments": [{"principal": "apim-backup-runner", "role": "API Management Service Contributor",
                              "scope": "instance:contoso-apim"}]}
        """

    /// What any kind asks for, and a secret in every member that may hold one.
    private static let properties = """
        {"displayName": "X", "path": "x", "type": "graphql", "method": "GET", "urlTemplate": "/x", "value": "\(secret)",
         "apiId": "/apis/x", "groupId": "/groups/x", "contentType": "text/plain", "schemaType": "json",
         "loggerId": "/loggers/x", "versioningScheme": "Query", "url": "https://u:\(secret)@host.example/?sig=\(secret)",
         "protocol": "http", "scope": "/apis", "loggerType": "azureMonitor", "data": "\(secret)", "password": "\(secret)",
         "connectionString": "\(secret)", "useFromLocation": "default", "clientId": "c", "clientSecret": "\(secret)",
         "authorizationEndpoint": "https://host.example", "metadataEndpoint": "https://host.example",
         "email": "somebody@\(secret).example", "firstName": "\(secret)", "lastName": "\(secret)",
         "primaryKey": "\(secret)", "secondaryKey": "\(secret)", "identityProvider": "aad", "authorizationType": "OAuth2",
         "credentials": {"header": {"x-key": ["\(secret)"]}, "authorization": {"scheme": "Basic", "parameter": "\(secret)"}},
         "oauth2": {"grantTypes": {"authorizationCode": {"clientId": "c", "clientSecret": "\(secret)"}}},
         "document": {"value": "\(secret)", "definitions": {"a": {"example": "\(secret)"}}},
         "documents": [{"documentationId": "x"}], "content": "What everybody may read."}
        """

    /// The kinds that can be read, those in which others lie first.
    private static let kinds = InventoryKind.all.filter { kind in
        // Uses of tags are of one list, which workspaces have not.
        kind.path != "tagResources"
            && (kind.collection != "tags" || !kind.path.hasPrefix("workspaces/") || kind.path == "workspaces/tags")
    }.sorted { $0.path.split(separator: "/").count < $1.path.split(separator: "/").count }

    private static func path(_ kind: InventoryKind) -> String {
        let names = ["policies": "policy", "wikis": "default"]
        return kind.path.split(separator: "/").map { "\($0)/\(names[String($0)] ?? "x")" }.joined(separator: "/")
    }

    @Test func `is read, told apart and brought back, and no secret of any is stored`() async throws {
        try await LocalAzure.with(world: Self.world) { azure in
            let azure = azure.taking(.everything)
            let empty = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            for kind in Self.kinds { try await azure.edit(.put, Self.path(kind), Self.properties) }
            let full = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            let record = try #require(await azure.run("show", full, "--format", "json").document)
            #expect(record["inventory"]?["error"] == nil, "\(record["inventory"] ?? .null)")
            #expect(record["version"]?.integer == 2)
            let counted = Set(record["inventory"]?["counts"]?.object?.keys.map { $0 } ?? [])
            #expect(Set(Self.kinds.map(\.path)).subtracting(counted).isEmpty, "\(counted)")
            let diff = await azure.run("diff", empty, full, "--format", "json")
            let tops = Set(diff.document?["changes"]?.array?.compactMap { $0["path"]?.string } ?? [])
            let wanted = Self.kinds.filter { !$0.path.contains("/") && $0.path != "users" }.map(Self.path)
            #expect(Set(wanted).subtracting(tops).isEmpty, "\(tops)")
            for (name, text) in try await azure.storedTexts() {
                #expect(!text.contains(Self.secret) && !text.contains("somebody@"), "\(name)")
            }
            #expect(!diff.everything.contains(Self.secret))
            // A changed schema shows by its digest.
            try await azure.edit(.patch, "apis/x/schemas/x", #"{"document": {"value": "another"}}"#)
            let changed = await azure.run("diff", full, "live")
            #expect(changed.code == 2 && changed.output.contains("~ schema x/x"), "\(changed.everything)")
            try await azure.restore(empty)
            let restored = await azure.run("diff", empty, "live")
            #expect(restored.code == 0, "\(restored.everything)")
        }
    }
}
