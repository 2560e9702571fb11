package import BackupDomain
import BackupEngine
import Foundation

/// The ledger of incidents beside the records that this machine keeps, as long as the catalog does not take it.
package struct LocalLedger: LedgerRefuge {
    private let file: URL

    /// Opens the ledger.
    ///
    /// - Parameter root: The folder of records; made when something is kept.
    init(root: URL) { self.file = root.appending(path: CatalogPath.incidents) }

    package func left() -> IncidentLedger? {
        guard FileManager.default.fileExists(atPath: self.file.path),
            let content = try? DurableFile.read(self.file, cap: RecordCoding.cap)
        else { return nil }
        // A damaged one is as good as none: the next that is kept takes its place.
        return try? RecordCoding.decode(IncidentLedger.self, content, path: self.file.path)
    }

    package func keep(_ ledger: IncidentLedger) -> Bool {
        let folder = self.file.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            let content = try RecordCoding.encode(ledger)
            try FolderLock.holding(folder) { try DurableFile.replace(self.file, content) }
            return true
        } catch {
            return false
        }
    }

    package func clear() { try? FileManager.default.removeItem(at: self.file) }
}
