import FoundationEssentials
import SystemPackage

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension FileDescriptor {
    /// Opens a file without a name that holds some bytes, to be read from its beginning.
    ///
    /// A program that does not read all of its standard input breaks a pipe; a file does not care.
    ///
    /// - Parameter content: The bytes.
    /// - Returns: The file; to be closed.
    /// - Throws: `Errno`
    static func holding(_ content: Data) throws -> FileDescriptor {
        let file = try Self.openNameless()
        do {
            try file.writeAll(content)
            try file.seek(offset: 0, from: .start)
        } catch {
            try? file.close()
            throw error
        }
        return file
    }

    /// Makes a file in memory, or among the temporary ones, and takes its name away at once.
    private static func openNameless() throws -> FileDescriptor {
        for folder in ["/dev/shm", "/tmp"] {
            var path = Array("\(folder)/standard-input-XXXXXX".utf8CString)
            let number = unsafe path.withUnsafeMutableBufferPointer { buffer in
                unsafe buffer.baseAddress.map { unsafe mkstemp($0) } ?? -1
            }
            guard number >= 0 else { continue }
            _ = unsafe unlink(path)
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            return FileDescriptor(rawValue: number)
        }
        throw Errno(rawValue: errno)
    }
}
