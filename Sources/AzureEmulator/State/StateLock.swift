import Foundation

/// Keeps a second emulator out of a state folder, which is made where it is missing; the system lets go of it when the process ends, however it ends.
struct StateLock {
    private let handle: FileHandle

    init(folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "lock")
        if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
        self.handle = try FileHandle(forUpdating: file)
        guard flock(self.handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw StateInUse(folder: folder.path)
        }
    }

    func release() { try? self.handle.close() }
}
