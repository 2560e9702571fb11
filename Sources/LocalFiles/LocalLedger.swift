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

    package func left() -> IncidentLedger? { try? self.read() }

    package func keep(_ ledger: IncidentLedger) -> Bool {
        do {
            try FileManager.default.createDirectory(
                at: self.folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try FolderLock.holding(self.folder) {
                var kept = ledger
                if let left = try self.read() { kept.adopt(left) }
                try DurableFile.replace(self.file, try RecordCoding.encode(kept))
            }
            return true
        } catch {
            return false
        }
    }

    package func clear(_ adopted: IncidentLedger) {
        // One that stays is in the catalog too: who adopts it again changes nothing.
        try? FolderLock.holding(self.folder) {
            if try self.read() == adopted { try FileManager.default.removeItem(at: self.file) }
        }
    }

    private var folder: URL { self.file.deletingLastPathComponent() }

    /// What lies there; nil for nothing, and for a damaged one, whose place the next takes that is kept.
    private func read() throws -> IncidentLedger? {
        guard FileManager.default.fileExists(atPath: self.file.path) else { return nil }
        do {
            let content = try DurableFile.read(self.file, cap: RecordCoding.cap)
            return try RecordCoding.decode(IncidentLedger.self, content, path: self.file.path)
        } catch let error as BackupError where error.code == .recordUnreadable {
            return nil
        }
    }
}
