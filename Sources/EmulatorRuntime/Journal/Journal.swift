package import Foundation
import Synchronization

/// An append-only file of entries, each of which is on the disk when ``append(_:)`` returns.
///
/// An entry may be any bytes. A last entry that was torn by a crash is dropped when the journal opens. Without a
/// directory
/// the journal keeps nothing: appending does nothing and ``replay()`` is empty.
package final class Journal: Sendable {
    private let file: URL?
    private let openedWith: Mutex<[Data]>
    private let handle: Mutex<FileHandle?>

    /// Opens the journal `<directory>/<name>.journal`, and makes directory and file where they are missing.
    ///
    /// - Parameters:
    ///   - directory: The directory, or nil for a journal that keeps nothing.
    ///   - name: The journal's name, without an extension.
    /// - Throws: ``JournalError`` where an entry before the last is damaged, or the file system's error.
    package init(directory: String?, name: String) throws {
        guard let directory else {
            self.file = nil
            self.openedWith = Mutex([])
            self.handle = Mutex(nil)
            return
        }
        let folder = URL(filePath: directory, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "\(name).journal")
        if !FileManager.default.fileExists(atPath: file.path) {
            try Data().write(to: file)
            try Self.synchronize(folder)
        }
        let scan = try JournalFrame.scan(Data(contentsOf: file), name: name)
        let handle = try FileHandle(forUpdating: file)
        try handle.truncate(atOffset: UInt64(scan.end))
        try handle.synchronize()
        self.file = file
        self.openedWith = Mutex(scan.entries)
        self.handle = Mutex(handle)
    }

    /// The entries that the file held when it was opened, oldest first; they are let go of with the first call.
    ///
    /// - Returns: The entries in the order in which they were appended.
    /// - Throws: Nothing today; a caller must be ready for a read error.
    package func replay() throws -> [Data] {
        self.openedWith.withLock { entries in
            defer { entries = [] }
            return entries
        }
    }

    /// Appends one entry, and returns when it is on the disk.
    ///
    /// - Parameter entry: The entry's bytes.
    /// - Throws: The file system's error; the entry may then be there or not.
    package func append(_ entry: Data) throws {
        try self.handle.withLock { handle in
            guard let handle else { return }
            try handle.write(contentsOf: JournalFrame.encode(entry))
            guard fdatasync(handle.fileDescriptor) == 0 else { throw JournalError.notSynchronized(code: errno) }
        }
    }

    /// Replaces everything in the journal by these entries, in one step: after a crash either all old or all new ones
    /// are there.
    ///
    /// - Parameter entries: The entries, oldest first.
    /// - Throws: The file system's error; the old journal then stays.
    package func compact(to entries: [Data]) throws {
        guard let file = self.file else { return }
        try self.handle.withLock { handle in
            let draft = file.appendingPathExtension("new")
            try entries.reduce(into: Data()) { $0.append(JournalFrame.encode($1)) }.write(to: draft)
            let replacement = try FileHandle(forUpdating: draft)
            try replacement.synchronize()
            // Renaming by hand: FileManager's replacement first moves the old file away, so a crash could leave none.
            guard unsafe rename(draft.path, file.path) == 0 else { throw JournalError.notSynchronized(code: errno) }
            try Self.synchronize(file.deletingLastPathComponent())
            try replacement.seekToEnd()
            try handle?.close()
            handle = replacement
        }
    }

    private static func synchronize(_ folder: URL) throws {
        let handle = try FileHandle(forReadingFrom: folder)
        defer { try? handle.close() }
        guard fsync(handle.fileDescriptor) == 0 else { throw JournalError.notSynchronized(code: errno) }
    }
}
