/// One change of what is stored, as it stands in the journal.
enum StoreChange: Codable, Sendable {
    case putProperties(account: String, BlobServiceProperties)
    case putContainer(account: String, StoredContainer)
    case deleteContainer(account: String, name: String)
    /// Commits a blob, and drops what was staged for it.
    case putBlob(account: String, container: String, StoredBlob)
    /// Changes a blob's properties; what is staged for it stays.
    case updateBlob(account: String, container: String, StoredBlob)
    case deleteBlob(account: String, container: String, name: BlobName)
    case stageBlock(account: String, container: String, name: BlobName, StoredBlock)
}
