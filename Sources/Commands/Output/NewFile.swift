import BackupDomain
import Foundation
import LocalFiles

/// A file that a command writes, and that must not be there yet.
struct NewFile {
    /// Where it is to be.
    var path: String
    /// The option that names it.
    var option: String

    /// Writes the file.
    ///
    /// - Parameter text: What is to stand in it.
    /// - Throws: ``BackupDomain/BackupError`` with code `fileProblem` where it exists, or cannot be written.
    func write(_ text: String) throws(BackupError) {
        do {
            try Data(text.utf8).write(to: URL(filePath: self.path), options: .withoutOverwriting)
        } catch {
            throw BackupError(
                .fileProblem,
                "\(self.path) cannot be written: \(FileTrouble.words(error))",
                remedy: "Name a file that does not exist, in a folder that this user may write to, with \(self.option)."
            )
        }
    }
}
