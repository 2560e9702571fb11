/// A role of Azure's, or one of our own that allows less.
///
/// Source: <https://learn.microsoft.com/azure/role-based-access-control/built-in-roles>
package enum Role: String, Sendable, CaseIterable {
    /// Start backups and read the instance; may also delete the instance and restore over it.
    case instanceOperator = "API Management Service Operator Role"
    /// Start backups and read the instance, and nothing else.
    case backupStarter = "API Management Backup Starter"
    /// Read the instance and what lies in it, and nothing else.
    case instanceReader = "API Management Service Reader Role"
    /// Write, read and delete blobs.
    case blobContributor = "Storage Blob Data Contributor"
    /// Read blobs.
    case blobReader = "Storage Blob Data Reader"
    /// Read and delete blobs, but write none.
    case backupPruner = "API Management Backup Pruner"

    /// The id of one of Azure's own roles; nil for those of ours, whose ids derive from where they are defined.
    package var builtInID: String? {
        switch self {
        case .instanceOperator: "e022efe7-f5ba-4159-bbe4-b44f577e9b61"
        case .instanceReader: "71522526-b88f-4d52-b57f-d31fc3546d0d"
        case .blobContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe"
        case .blobReader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
        case .backupStarter, .backupPruner: nil
        }
    }

    /// What a role of ours allows in the management plane; empty for Azure's own.
    package var actions: [String] {
        switch self {
        case .backupStarter:
            [
                "Microsoft.ApiManagement/service/read",
                "Microsoft.ApiManagement/service/backup/action",
                "Microsoft.ApiManagement/service/operationresults/read",
            ]
        case .backupPruner: ["Microsoft.Storage/storageAccounts/blobServices/containers/read"]
        case .instanceOperator, .instanceReader, .blobContributor, .blobReader: []
        }
    }

    /// What a role of ours allows with data; empty for Azure's own.
    package var dataActions: [String] {
        switch self {
        case .backupPruner:
            [
                "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
                "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete",
            ]
        case .backupStarter, .instanceOperator, .instanceReader, .blobContributor, .blobReader: []
        }
    }

    /// What a role of ours is for, in a sentence; nil for Azure's own.
    package var purpose: String? {
        switch self {
        case .backupStarter: "Starts backups of API Management and follows them; can change and restore nothing."
        case .backupPruner: "Reads and deletes backups; can write none."
        case .instanceOperator, .instanceReader, .blobContributor, .blobReader: nil
        }
    }
}
