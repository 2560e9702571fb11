package import BackupDomain
package import FoundationEssentials

/// The container of backups as it was at one moment, with the instances that have records or backups.
package struct BackupContainer: Sendable {
    /// The container's name.
    package let name: String
    /// What lies there, by name.
    package let blobs: [String: BlobProperties]
    /// The instances that have records, or to which blobs belong by their names, sorted.
    package let instances: [InstanceKey]
    /// When it was so, by the blob service's clock where it said; ages and what has expired go by this.
    package let at: Date
    /// Why Azure's instances could not be listed where that was needed; nil where they were, or need not be.
    package let unlisted: BackupError?
    /// All instances that are known, those without any backup here too.
    let known: [InstanceKey]

    /// Takes a look.
    ///
    /// - Parameters:
    ///   - name: The container's name.
    ///   - blobs: What lies there, by name.
    ///   - recorded: The instances that have records.
    ///   - candidates: Other instances.
    ///   - unlisted: Why there are none although some were needed.
    ///   - at: When it was so.
    init(
        name: String,
        blobs: [String: BlobProperties],
        recorded: [InstanceKey],
        candidates: [InstanceKey],
        unlisted: BackupError?,
        at: Date
    ) {
        self.name = name
        self.blobs = blobs
        self.unlisted = unlisted
        self.at = at
        self.known = Set(recorded + candidates).sorted()
        let known = self.known
        let owners =
            candidates.isEmpty ? [] : blobs.keys.compactMap { BlobAttribution(blob: $0, among: known)?.instance }
        self.instances = Set(recorded).union(owners).sorted()
    }

    /// The blobs that no instance's name claims, by name.
    package var unattributed: [BlobProperties] {
        self.blobs.values.filter { BlobAttribution(blob: $0.name, among: self.known) == nil }
            .sorted { $0.name < $1.name }
    }

    /// The instances that a person means.
    ///
    /// - Parameter reference: An instance's name, its key, or its resource id.
    /// - Returns: Their keys; several where instances of one name have backups here.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where there is none.
    package func instances(named reference: String) throws(BackupError) -> [InstanceKey] {
        let found = Self.keys(self.known, named: reference)
        // Of instances of one name those count that have something here.
        let here = found.filter(Set(self.instances).contains)
        guard found.isEmpty else { return here.isEmpty ? found : here }
        let reason = self.unlisted.map { " Azure's instances could not be listed: \($0.message)" }
        throw .init(
            .notFound,
            "No instance '\(reference)' has records in the catalog, nor is one of that name to be seen in Azure."
                + (reason ?? ""),
            remedy: "Check the name; an instance that is gone, or that this identity may not see, is named by its full "
                + "resource id.",
            azure: self.unlisted?.azure
        )
    }

    /// Chooses those of some keys that a person means.
    static func keys(_ keys: [InstanceKey], named reference: String) -> [InstanceKey] {
        let wanted = ResourceID(reference).map { InstanceKey($0).text } ?? reference.lowercased()
        return keys.filter { $0.text == wanted || $0.instanceName == wanted }
    }
}
