/// The content headers that a blob keeps and gives back with its content.
package struct BlobContentHeaders: Hashable, Codable, Sendable {
    /// The media type.
    package var type = "application/octet-stream"
    /// The encoding, as `Content-Encoding` says it.
    package var encoding: String?
    /// The language, as `Content-Language` says it.
    package var language: String?
    /// The disposition, as `Content-Disposition` says it.
    package var disposition: String?
    /// The caching rule, as `Cache-Control` says it.
    package var cacheControl: String?
    /// The MD5 of the whole content in base64, where one was given or computed.
    package var md5: String?

    /// Creates headers of plain bytes.
    package init(type: String = "application/octet-stream") { self.type = type }
}
