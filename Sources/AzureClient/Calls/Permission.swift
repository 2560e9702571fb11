/// A right that a call needs, with the narrowest built-in role that grants it.
///
/// Source: <https://learn.microsoft.com/azure/role-based-access-control/built-in-roles>
struct Permission: Sendable, Hashable {
    /// The action or data action.
    let action: String
    /// The role.
    let role: String
    /// What is said in place of a command that assigns the role; nil where the command is what to do.
    let advice: String?

    private init(_ action: String, role: String, advice: String? = nil) {
        self.action = action
        self.role = role
        self.advice = advice
    }

    /// The same right, to be granted by the role that another one needs.
    ///
    /// - Parameter next: The right that is needed next.
    /// - Returns: The right with the other one's role.
    func granted(with next: Self) -> Self { Self(self.action, role: next.role) }

    /// Reading an instance.
    static let readInstance = Self(
        "Microsoft.ApiManagement/service/read",
        role: "API Management Service Operator Role"
    )
    /// Starting a backup.
    static let startBackup = Self(
        "Microsoft.ApiManagement/service/backup/action",
        role: "API Management Service Operator Role"
    )
    /// Listing resources of a subscription.
    static let listResources = Self("Microsoft.Resources/subscriptions/resources/read", role: "Reader")
    /// Reading a storage account's properties.
    static let readStorageAccount = Self("Microsoft.Storage/storageAccounts/read", role: "Reader")
    /// Looking at a container.
    static let readContainer = Self(
        "Microsoft.Storage/storageAccounts/blobServices/containers/read",
        role: "Storage Blob Data Reader"
    )
    /// Creating a container.
    static let createContainer = Self(
        "Microsoft.Storage/storageAccounts/blobServices/containers/write",
        role: "Storage Blob Data Contributor"
    )
    /// Reading and listing blobs.
    static let readBlob = Self(
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
        role: "Storage Blob Data Reader"
    )
    /// Writing blobs.
    static let writeBlob = Self(
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
        role: "Storage Blob Data Contributor"
    )
    /// Deleting blobs: a right of its own, which neither making nor checking backups needs.
    static let deleteBlob = Self(
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete",
        role: "API Management Backup Pruner",
        advice:
            "Let another identity delete, or give this one a role there that reads and deletes and writes none, such as "
            + "'API Management Backup Pruner' of the templates; a role that also writes could replace backups."
    )
    /// Sending mail.
    static let sendMail = Self(
        "Microsoft.Communication/CommunicationServices/write",
        role: "Communication and Email Service Owner"
    )
}
