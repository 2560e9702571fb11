import Foundation
import Synchronization

/// The process's standard output, which remembers that something could not be written.
final class StandardOutput: Sendable {
    private let state = Mutex<String?>(nil)

    /// Why something could not be written; nil where all was, or where the reader had gone away.
    var problem: String? { self.state.withLock(\.self) }

    /// Writes a text; what cannot be written is no reason to give up a backup.
    ///
    /// - Parameter text: The text.
    func write(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
            guard cause.domain != NSPOSIXErrorDomain || cause.code != Int(EPIPE) else { return }
            // Foundation says first that something went wrong, and then what.
            let reason = cause.localizedDescription.replacing("The operation could not be completed. ", with: "")
            self.state.withLock { $0 = $0 ?? reason }
        }
    }
}
