import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Inventory
import Testing

extension LocalAzure {
    /// A world in which the machine's identity may also change what lies in the instance, and a restore takes no time.
    static let editableWorld = """
        {"timings": {"restoreSeconds": 60},
         "roleAssignments": [{"principal": "apim-backup-runner", "role": "API Management Service Contributor",
                              "scope": "instance:contoso-apim"}]}
        """

    /// The same with the level at which inventories are taken.
    func taking(_ level: InventoryLevel) -> LocalAzure {
        var azure = self
        azure.environment["APIM_BACKUP_INVENTORY"] = level.rawValue
        azure.environment["APIM_BACKUP_STORAGE_ACCOUNT"] = "contosobackups"
        return azure
    }

    /// The path of `contoso-apim`.
    var instancePath: String {
        "/subscriptions/\(self.ready.subscriptionID)/resourceGroups/rg-apim/providers/Microsoft.ApiManagement/service/"
            + "contoso-apim"
    }

    /// Changes what lies in `contoso-apim`, whatever its ETag.
    @discardableResult
    func edit(_ method: HTTPRequest.Method, _ path: String, _ properties: String? = nil) async throws -> JSONValue {
        try await self.resource(
            method,
            "\(self.instancePath)/\(path)",
            version: "2024-05-01",
            body: properties.map { #"{"properties": \#($0)}"# },
            ifMatch: "*"
        )
    }

    /// All that lies in the container of records, but for locks, with inventories in plain text.
    func storedTexts() async throws -> [(name: String, text: String)] {
        try await self.withBlobs { blobs in
            let container = "apim-backups-catalog"
            let page = try await blobs.list(container, prefix: "", delimiter: nil, marker: nil)
            let store = InventoryStore(storage: blobs, container: container)
            var texts: [(name: String, text: String)] = []
            for blob in page.blobs where !blob.name.hasPrefix("v1/leases/") {
                var content = try #require(try await blobs.read(blob.name, in: container, cap: 8 << 20)).content
                if blob.name.hasPrefix("v1/inventories/") {
                    let digest = String(blob.name.dropFirst("v1/inventories/".count).dropLast(".json.gz".count))
                    content = try await store.inventory(digest).content()
                }
                texts.append((blob.name, String(decoding: content, as: UTF8.self)))
            }
            return texts
        }
    }

    /// The names in a list of `contoso-apim`.
    func names(_ list: String) async throws -> [String] {
        let page = try await self.resource(.get, "\(self.instancePath)/\(list)", version: "2024-05-01")
        return page["value"]?.array?.compactMap { $0["name"]?.string } ?? []
    }

    /// Restores a backup over `contoso-apim`, and waits for its end.
    func restore(_ backup: String) async throws {
        let body =
            #"{"storageAccount": "contosobackups", "containerName": "apim-backups", "backupName": "\#(backup)","#
            + #" "accessType": "SystemAssignedManagedIdentity"}"#
        _ = try await self.resource(.post, "\(self.instancePath)/restore", version: "2024-05-01", body: body)
        var state: String?
        repeat {
            try await RealClock().sleep(for: .milliseconds(100))
            let instance = try await self.resource(.get, self.instancePath, version: "2024-05-01")
            state = instance["properties"]?["provisioningState"]?.string
        } while state != "Succeeded"
    }
}
