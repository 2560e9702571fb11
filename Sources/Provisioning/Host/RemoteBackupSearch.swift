package import BackupDomain
import FoundationEssentials

/// Looks for the blob of a backup that a host in Azure says it made: its own word is not taken for it.
///
/// The blob is the instance's by its name, not empty, and not older than Azure's answer to the start.
package struct RemoteBackupSearch: Sendable {
    /// The most pages that are read, 5,000 blobs each.
    private static let mostPages = 20

    private let blobs: any BlobStorage
    private let container: String
    private let instance: String
    private let template: BackupNameTemplate

    /// Creates a search.
    ///
    /// - Parameters:
    ///   - blobs: The account's blob service.
    ///   - container: The container of backups.
    ///   - instance: The instance's name.
    ///   - template: What backups are named by.
    package init(blobs: any BlobStorage, container: String, instance: String, template: BackupNameTemplate) {
        self.blobs = blobs
        self.container = container
        self.instance = instance
        self.template = template
    }

    /// Looks.
    ///
    /// - Parameter start: The start of the backup.
    /// - Returns: What the look showed.
    /// - Throws: ``BackupDomain/BackupError`` with code `interrupted` only.
    package func look(since start: RemoteStart) async throws -> RemoteProof {
        do {
            guard let newest = try await self.newest(), newest.bytes > 0, Self.isNew(newest, start) else {
                return .missing(
                    BackupError(
                        .backupMissing,
                        "\(start.name) ended well, but no backup of \(self.instance) that was made since is in the "
                            + "container \(self.container).",
                        remedy: "Look at what the host did in the portal, and whether something deletes backups there."
                    )
                )
            }
            return .verified(newest)
        } catch let error as BackupError where error.code != .interrupted {
            return .unverified(
                BackupError(
                    .backupUnreadable,
                    "The host says that the backup was made; the container \(self.container) could not be looked into "
                        + "from here: \(error.message)",
                    remedy: error.code == .permissionDenied
                        ? "Give yourself Storage Blob Data Reader on the container, then: apim-backup list"
                        : error.remedy,
                    azure: error.azure
                )
            )
        }
    }

    /// The newest backup of the instance, by when it was created.
    private func newest() async throws -> BlobProperties? {
        var newest: BlobProperties?
        var marker: String?
        for _ in 0..<Self.mostPages {
            let prefix = self.template.prefix(of: self.instance)
            let page = try await self.blobs.list(self.container, prefix: prefix, delimiter: nil, marker: marker)
            for blob in page.blobs where self.template.makes(blob.name, for: self.instance) {
                if let seen = newest, Self.instant(of: seen) > Self.instant(of: blob) { continue }
                newest = blob
            }
            marker = page.nextMarker
            if marker == nil { break }
        }
        return newest
    }

    /// The blob service's clock and Resource Manager's are both Azure's; ours has no say.
    private static func isNew(_ blob: BlobProperties, _ start: RemoteStart) -> Bool {
        guard let began = start.at else { return true }
        return Self.instant(of: blob) >= began.wholeSeconds
    }

    private static func instant(of blob: BlobProperties) -> Date { blob.madeAt ?? .distantPast }
}
