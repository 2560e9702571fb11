import EmulatorBlobStorage
import EmulatorRuntime
import HTTPTypes

/// What the Resource Manager shows of an account's blob service and of its rules of lifecycle management.
///
/// Source: "Blob Services - Get Service Properties" and "Management Policies - Get", Storage resource provider, API version 2023-05-01.
/// The rules are shown only; nothing is deleted by them.
struct StorageSettingsView {
    let account: EmulatedStorageAccount
    let containers: any ContainerStorage

    var blobService: JSON {
        let settings = self.containers.settings(of: self.account.name)
        var properties: JSON = [
            "cors": ["corsRules": .array(settings.cors.map(Self.rule))],
            "deleteRetentionPolicy": settings.softDeleteDays.map {
                ["enabled": true, "days": .number(String($0)), "allowPermanentDelete": false]
            } ?? ["enabled": false, "allowPermanentDelete": false],
        ]
        if settings.isVersioned { properties["isVersioningEnabled"] = true }
        return [
            "sku": ["name": .string(self.account.sku), "tier": "Standard"], "properties": properties,
            "id": .string(self.account.id.appending("blobServices/default").path), "name": "default",
            "type": "Microsoft.Storage/storageAccounts/blobServices",
        ]
    }

    func lifecycle() throws(ManagementError) -> JSON {
        guard let rules = self.account.lifecycleRules else {
            throw ManagementError(
                status: .notFound,
                code: "ManagementPolicyNotFound",
                message: "No ManagementPolicy found for account \(self.account.name)"
            )
        }
        return [
            "id": .string(self.account.id.appending("managementPolicies/default").path),
            "name": "DefaultManagementPolicy", "type": "Microsoft.Storage/storageAccounts/managementPolicies",
            "properties": ["policy": ["rules": rules], "lastModifiedTime": "2024-01-01T00:00:00.0000000Z"],
        ]
    }

    private static func rule(_ rule: BlobCORSRule) -> JSON {
        func list(_ text: String) -> JSON {
            .array(text.split(separator: ",").map { .string($0.filter { $0 != " " }) })
        }
        return [
            "allowedOrigins": list(rule.allowedOrigins), "allowedMethods": list(rule.allowedMethods),
            "maxAgeInSeconds": .number(String(rule.maxAgeInSeconds)), "exposedHeaders": list(rule.exposedHeaders),
            "allowedHeaders": list(rule.allowedHeaders),
        ]
    }
}
