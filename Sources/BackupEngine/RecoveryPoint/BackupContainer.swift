package import BackupDomain
package import FoundationEssentials

/// The container of backups as it was at one moment, with the instances that have records.
package struct BackupContainer: Sendable {
    /// The container's name.
    package let name: String
    /// What lies there, by name.
    package let blobs: [String: BlobProperties]
    /// The instances that have records, sorted.
    package let instances: [InstanceKey]
    /// When it was so, by the blob service's clock where it said; ages and what has expired go by this.
    package let at: Date

    /// The blobs that no instance's name claims, by name.
    package var unattributed: [BlobProperties] {
        self.blobs.values.filter { BlobAttribution(blob: $0.name, among: self.instances) == nil }
            .sorted { $0.name < $1.name }
    }

    /// The instances that a person means.
    ///
    /// - Parameter reference: An instance's name, its key, or its resource id.
    /// - Returns: Their keys; several where instances of one name have backups here.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where there is none.
    package func instances(named reference: String) throws(BackupError) -> [InstanceKey] {
        let wanted = ResourceID(reference).map { InstanceKey($0).text } ?? reference.lowercased()
        let found = self.instances.filter { $0.text == wanted || $0.instanceName == wanted }
        guard !found.isEmpty else {
            throw .init(
                .notFound,
                "No instance '\(reference)' has records in the catalog.",
                remedy: "'apim-backup list' shows the instances that have backups."
            )
        }
        return found
    }
}
