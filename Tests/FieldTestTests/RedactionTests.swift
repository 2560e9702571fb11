import BackupDomain
import Foundation
import Testing

@testable import FieldTest

@Suite("What a transcript leaves out")
struct RedactionTests {
    private static func document(_ text: String) throws -> JSONValue {
        try JSONDecoder.stable().decode(JSONValue.self, from: Data(text.utf8))
    }

    @Test(arguments: [
        (
            "https://management.azure.com/subscriptions/66f0f09e/resourceGroups/rg-a/providers/Microsoft.ApiManagement/service/contoso/backup?api-version=2024-05-01",
            "https://management.azure.com/subscriptions/{subscription-1}/resourceGroups/{group-1}/providers/Microsoft.ApiManagement/service/{instance-1}/backup?api-version=2024-05-01",
            AzureService.resourceManager
        ),
        (
            "https://management.azure.com/subscriptions/66f0f09e/resources?$filter=name%20eq%20'contoso'&api-version=2021-04-01",
            "https://management.azure.com/subscriptions/{subscription-1}/resources?$filter=<text>&api-version=2021-04-01",
            .resourceManager
        ),
        (
            "https://contosobackups.blob.core.windows.net/backups/a/b.json?comp=lease&sig=abc",
            "https://{account-1}.blob.core.windows.net/{container-1}/{blob-1}?comp=lease&sig=<text>", .blobStorage
        ),
        (
            "https://127.0.0.1:4711/contosobackups/backups/night",
            "https://{machine-1}/{account-1}/{container-1}/{blob-1}",
            .blobStorage
        ),
        (
            "https://login.microsoftonline.com/1df9896e/oauth2/v2.0/token",
            "https://login.microsoftonline.com/{tenant-1}/oauth2/v2.0/token", .entra
        ),
        (
            "https://127.0.0.1:4711/other/path?resource=https%3A%2F%2F127.0.0.1%3A37295",
            "https://{machine-1}/{path-1}?resource={machine-1}", .resourceManager
        ),
        (
            "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fstorage.azure.com&client_id=41a1",
            "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fstorage.azure.com&client_id=<text>",
            .identityEndpoint
        ),
    ])
    func `URLs keep Azure's own words only`(_ url: String, _ expected: String, _ service: AzureService) throws {
        let addresses = RedactedAddress(pseudonyms: Pseudonyms())
        #expect(addresses.url(try #require(URL(string: url)), of: service) == expected)
    }

    @Test func `one name has one mark, wherever it stands`() throws {
        let pseudonyms = Pseudonyms()
        let addresses = RedactedAddress(pseudonyms: pseudonyms)
        let url = try #require(URL(string: "https://contosobackups.blob.core.windows.net/backups/night.apimbackup"))
        let shown = addresses.url(url, of: .blobStorage)
        let body = try Self.document(
            #"{"storageAccount": "contosobackups", "containerName": "Backups", "backupName": "night.apimbackup", "accessKey": "c2VjcmV0"}"#
        )
        let shape = RedactedBody(pseudonyms: pseudonyms).shape(body)
        #expect(shape["storageAccount"] == .string("{account-1}"))
        #expect(shape["containerName"] == .string("{container-1}"))
        #expect(shape["backupName"] == .string("{blob-1}"))
        #expect(shape["accessKey"] == .string("<text>"))
        #expect(shown == "https://{account-1}.blob.core.windows.net/{container-1}/{blob-1}")
    }

    @Test func `bodies keep their shape and the values of Azure's own lists`() throws {
        let body = try Self.document(
            """
            {"id": "/subscriptions/66f0/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso", "name": "contoso",
             "location": "West Europe", "sku": {"name": "Developer", "capacity": 1}, "tags": {"owner": "Ada"},
             "identity": {"type": "SystemAssigned", "principalId": "0f0f"},
             "properties": {"provisioningState": "Succeeded", "publisherEmail": "ada@contoso.com", "value": "hunter2",
                "deep": {"secret": "hunter2"}, "isCurrent": true}}
            """
        )
        let shape = RedactedBody(pseudonyms: Pseudonyms()).shape(body)
        let text = String(decoding: try JSONEncoder.stable().encode(shape), as: UTF8.self)
        for secret in ["66f0", "contoso", "Ada", "ada@", "hunter2", "West", "owner", "0f0f"] {
            #expect(!text.contains(secret), "\(secret): \(text)")
        }
        #expect(shape["sku"]?["name"] == .string("Developer"))
        #expect(shape["properties"]?["provisioningState"] == .string("Succeeded"))
        #expect(shape["properties"]?["isCurrent"] == .boolean(true))
        #expect(shape["properties"]?["deep"] == .string("<object>"))
    }

    @Test(arguments: [
        (
            "The API Service contoso is transitioning at this time.",
            "The API Service {instance-1} is transitioning at this time."
        ),
        (
            "The client 'Ada Lovelace' with object id '0f0f0f0f-0000-0000-0000-000000000000' lacks 'Microsoft.ApiManagement/service/backup/action'.",
            "The client '<quoted>' with object id '<quoted>' lacks 'Microsoft.ApiManagement/service/backup/action'."
        ),
        (
            "Cannot restore: current SKU is 'StandardV2', backup SKU is 'Standard'",
            "Cannot restore: current SKU is 'StandardV2', backup SKU is 'Standard'"
        ),
        ("Ask ada@contoso.com at 10.1.2.3.", "Ask <e-mail address> at <address>."),
        ("Trace 0f0f0f0f-0000-0000-0000-000000000000.", "Trace {id-1}."),
    ])
    func `Azure's words lose the names in them`(_ text: String, _ expected: String) {
        let pseudonyms = Pseudonyms()
        _ = pseudonyms.mark("contoso", "instance")
        #expect(RedactedText(pseudonyms: pseudonyms).redact(text) == expected)
    }
}
