package import BackupDomain

/// What a restore brings back, as somebody has confirmed it, and where the backup can be looked at.
package struct RestoreSource: Sendable {
    /// What goes into the record.
    package var recorded: RecordedRestore
    /// The blob service of the account that holds the backup; it need not be the one that holds the record.
    package var blobs: any BlobStorage
    /// The documents of the catalog beside the backup, which tell of deletions that are under way.
    package var documents: CatalogDocuments

    /// Creates a value.
    package init(recorded: RecordedRestore, blobs: any BlobStorage, documents: CatalogDocuments) {
        self.recorded = recorded
        self.blobs = blobs
        self.documents = documents
    }
}
