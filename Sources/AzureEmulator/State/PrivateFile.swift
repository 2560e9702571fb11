import Foundation

/// Files that hold a secret: only their owner may read them, and they appear whole or not at all.
enum PrivateFile {
    static func write(_ content: Data, to file: URL) throws {
        let draft = file.appendingPathExtension("new")
        try? FileManager.default.removeItem(at: draft)
        // Foundation would make the file first and close it to others afterwards, and does not say why it could not.
        let descriptor = unsafe open(draft.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: content)
        try handle.close()
        guard unsafe rename(draft.path, file.path) == 0 else {
            let failure = Self.failure
            try? FileManager.default.removeItem(at: draft)
            throw failure
        }
    }

    private static var failure: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
