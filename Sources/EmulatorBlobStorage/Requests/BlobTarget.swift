import Foundation

/// What a path names: an account, a container in it, a blob in that.
struct BlobTarget: Hashable, Sendable {
    var account: String
    var container: String?
    var blob: BlobName?

    /// Reads a path-style path, percent-encoded as it was sent.
    ///
    /// Container and account end at a slash; everything behind the container's slash is the blob's name, slashes and
    /// all.
    init(rawPath: String) throws(StorageError) {
        guard rawPath.utf8.first == UInt8(ascii: "/") else { throw .invalidURI }
        let parts = rawPath.dropFirst().split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        let decoded = parts.map { $0.removingPercentEncoding }
        guard let account = decoded.first ?? nil, !account.isEmpty else { throw .invalidURI }
        self.account = account
        guard decoded.count > 1, parts[1] != "" || decoded.count > 2 else { return }
        guard let container = decoded[1], !container.isEmpty else { throw .invalidURI }
        self.container = container
        guard decoded.count > 2, parts[2] != "" else { return }
        guard let blob = decoded[2], !blob.utf8.contains(0) else { throw .invalidURI }
        self.blob = BlobName(blob)
    }

    /// Checks the names against Azure's rules.
    func check() throws(StorageError) {
        if let container = self.container { try ResourceNames.checkContainer(container) }
        if let blob = self.blob { try ResourceNames.checkBlob(blob.text) }
    }

    /// Where the blob is; refuses a path that names none.
    func place() throws(StorageError) -> BlobPlace {
        guard let container = self.container, let blob = self.blob else { throw .invalidURI }
        return BlobPlace(self.account, container, blob.text)
    }

    /// The container's name; refuses a path that names none.
    func containerName() throws(StorageError) -> String {
        guard let container = self.container else { throw .invalidURI }
        return container
    }
}
