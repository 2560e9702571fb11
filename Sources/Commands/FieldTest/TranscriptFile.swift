import BackupDomain
import FieldTest
import Foundation
import LocalFiles
import Synchronization

/// The file that a transcript goes to, line by line as things happen: a field test that is killed leaves what it saw.
final class TranscriptFile: Sendable {
    private struct State {
        var handle: FileHandle
        var problem: BackupError?
    }

    /// Where it is.
    let path: String
    private let state: Mutex<State>

    /// Creates the file, which nobody else may read.
    ///
    /// - Parameter path: Where it is to be.
    /// - Throws: ``BackupDomain/BackupError`` with code `fileProblem` where it exists, or cannot be written.
    init(_ path: String) throws(BackupError) {
        try NewFile(path: path, option: "--out").write("")
        guard unsafe chmod(path, 0o600) == 0, let handle = FileHandle(forWritingAtPath: path) else {
            throw BackupError(.fileProblem, "\(path) cannot be written.", remedy: "Name another with --out.")
        }
        self.path = path
        self.state = Mutex(State(handle: handle))
    }

    /// Why lines are missing; nil where none are.
    var problem: BackupError? { self.state.withLock { $0.problem } }

    /// Writes a line.
    ///
    /// - Parameter line: The line.
    func write(_ line: TranscriptLine) {
        let text = Terminal.json(line, pretty: false) + "\n"
        self.state.withLock { state in
            do {
                try state.handle.write(contentsOf: Data(text.utf8))
            } catch {
                state.problem =
                    state.problem
                    ?? BackupError(
                        .fileProblem,
                        "\(self.path) lacks lines: \(FileTrouble.words(error))",
                        remedy: "Make room, or name a file on another disk with --out, and begin again."
                    )
            }
        }
    }
}
