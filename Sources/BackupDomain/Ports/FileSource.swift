package import FoundationEssentials

/// Reads files, whole and up to a size: the only way in which adapters come by a file's content.
package struct FileSource: Sendable {
    private let readFile: @Sendable (_ path: String, _ capInBytes: Int) throws -> Data

    /// Wraps a way of reading files.
    ///
    /// - Parameter read: Reads the file of that path; throws where it is missing, unreadable or larger than the cap.
    package init(_ read: @escaping @Sendable (_ path: String, _ capInBytes: Int) throws -> Data) {
        self.readFile = read
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - capInBytes: The most bytes to accept.
    /// - Returns: The content.
    /// - Throws: Whatever the file system says.
    package func read(_ path: String, capInBytes: Int = 1 << 20) throws -> Data {
        try self.readFile(path, capInBytes)
    }
}
