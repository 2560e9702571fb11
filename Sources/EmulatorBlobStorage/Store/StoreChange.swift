import Foundation

/// One change of what is stored, as it stands in the journal.
enum StoreChange: Codable, Sendable {
    case putProperties(account: String, BlobServiceProperties)
    case putContainer(account: String, StoredContainer)
    /// Deletes a container; its name can be taken again at `freeAt`.
    case deleteContainer(account: String, name: String, freeAt: Date?)
    /// Commits a blob, and drops what was staged for it.
    case putBlob(account: String, container: String, StoredBlob)
    /// Changes a blob's properties; what is staged for it stays.
    case updateBlob(account: String, container: String, StoredBlob)
    case deleteBlob(account: String, container: String, name: BlobName)
    case stageBlock(account: String, container: String, name: BlobName, StoredBlock)
    /// Keeps a version that is not the current one, or changes one that is kept.
    case keepVersion(account: String, container: String, StoredBlob)
    case deleteVersion(account: String, container: String, name: BlobName, version: String)
    /// Keeps a deleted blob, so that it can be brought back.
    case hideBlob(account: String, container: String, StoredBlob)
    /// Lets go of a deleted blob.
    case forgetBlob(account: String, container: String, name: BlobName)
}
