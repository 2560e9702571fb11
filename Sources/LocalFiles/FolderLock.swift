import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One writer in a folder at a time, among the processes of a machine; the lock ends with its process.
enum FolderLock {
    /// Works while no other process does.
    ///
    /// - Parameters:
    ///   - folder: The folder; it is there.
    ///   - body: The work: brief, since others wait for it.
    /// - Returns: What the work returns.
    /// - Throws: `POSIXError` where the lock cannot be had, and what the work throws.
    static func holding<Value>(_ folder: URL, _ body: () throws -> Value) throws -> Value {
        let descriptor = unsafe open(folder.appending(path: ".lock").path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError.current }
        // Closing it gives the lock back.
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw POSIXError.current }
        }
        return try body()
    }
}

extension POSIXError {
    /// What the last call of the system failed with.
    static var current: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
