import BackupDomain
import Foundation
import LocalFiles

/// A file of metrics for the textfile collector of node_exporter, which reads it whenever it is scraped.
struct MetricsTextfile: Sendable {
    /// Where it is.
    let path: String

    /// Puts a page in the file's place at once, so that nobody reads half of it.
    ///
    /// - Parameter page: The page.
    /// - Throws: ``BackupDomain/BackupError`` with code `fileProblem`.
    func write(_ page: String) throws(BackupError) {
        do {
            let url = URL(filePath: self.path)
            try Data(page.utf8).write(to: url, options: .atomic)
            // The collector runs as another user.
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: self.path)
        } catch {
            throw BackupError(
                .fileProblem,
                "The metrics cannot be written to \(self.path): \(FileTrouble.words(error))",
                remedy: "Let this user write to the folder, or name another with metrics.textfile."
            )
        }
    }
}
