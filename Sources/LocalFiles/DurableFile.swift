import BackupDomain
import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files that are whole on disk, under their names, when a call returns; under ``FolderLock``.
///
/// The content is on disk before the name is, and the name before the call returns: a loss of power leaves the old file or
/// the new one.
enum DurableFile {
    /// Writes a file, unless there is one.
    ///
    /// - Parameters:
    ///   - file: The file; its folder is there.
    ///   - content: The bytes.
    /// - Returns: Whether it was written; false where there is one already.
    /// - Throws: `POSIXError`, `CocoaError`
    static func create(_ file: URL, _ content: Data) throws -> Bool {
        let draft = try self.draft(of: file, content)
        defer { unsafe unlink(draft.path) }
        if unsafe link(draft.path, file.path) != 0 {
            if errno == EEXIST { return false }
            // Some network file systems have no links; there the lock alone keeps others away.
            guard [EPERM, ENOTSUP, ENOSYS].contains(errno) else { throw POSIXError.current }
            guard !FileManager.default.fileExists(atPath: file.path) else { return false }
            guard unsafe rename(draft.path, file.path) == 0 else { throw POSIXError.current }
        }
        try self.synchronizeFolders(of: file)
        return true
    }

    /// Writes a file in the place of another.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - content: The bytes.
    /// - Throws: `POSIXError`, `CocoaError`
    static func replace(_ file: URL, _ content: Data) throws {
        let draft = try self.draft(of: file, content)
        guard unsafe rename(draft.path, file.path) == 0 else { throw POSIXError.current }
        try self.synchronizeFolders(of: file)
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - cap: The most bytes that it may have.
    /// - Returns: The bytes.
    /// - Throws: `CocoaError`, ``BackupDomain/BackupError`` with code `recordUnreadable` where it is larger.
    static func read(_ file: URL, cap: Int) throws -> Data {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        let content = try handle.read(upToCount: cap + 1) ?? Data()
        guard content.count <= cap else {
            throw BackupError(.recordUnreadable, "\(file.path) cannot be read: it has more than \(cap) bytes.")
        }
        return content
    }

    /// Gives a file another name, that of no other file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - place: The name that it is to have; numbered where there is such a file.
    /// - Returns: The name that it has.
    /// - Throws: `POSIXError`
    static func move(_ file: URL, to place: URL) throws -> URL {
        var free = place
        var number = 2
        while FileManager.default.fileExists(atPath: free.path) {
            free = URL(filePath: "\(place.path)-\(number)")
            number += 1
        }
        guard unsafe rename(file.path, free.path) == 0 else { throw POSIXError.current }
        try self.synchronizeFolders(of: free)
        return free
    }

    private static func draft(of file: URL, _ content: Data) throws -> URL {
        let draft = file.deletingLastPathComponent().appending(path: ".\(file.lastPathComponent).new")
        try content.write(to: draft)
        try self.synchronize(draft)
        return draft
    }

    /// The month's folder, and those above it that may be as new as the file.
    private static func synchronizeFolders(of file: URL) throws {
        var folder = file.deletingLastPathComponent()
        for _ in 0..<6 {
            try self.synchronize(folder)
            folder = folder.deletingLastPathComponent()
        }
    }

    private static func synchronize(_ url: URL) throws {
        let descriptor = unsafe open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError.current }
        defer { close(descriptor) }
        // What cannot be synchronised (a folder, on some network file systems) is as durable as it gets.
        guard fsync(descriptor) == 0 || [EINVAL, ENOTSUP].contains(errno) else { throw POSIXError.current }
    }
}
