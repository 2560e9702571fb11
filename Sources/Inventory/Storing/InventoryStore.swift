package import BackupDomain
import Foundation

/// The inventories in the catalog container, each filed once under the digest of its content:
/// `v1/inventories/<sha256>.json.gz`.
package struct InventoryStore: Sendable {
    /// The most bytes that an inventory may have, compressed.
    private static let cap = 16 << 20
    /// The most bytes that an inventory may have.
    private static let contentCap = 128 << 20

    private let storage: any BlobStorage
    private let container: String

    /// Opens the inventories.
    ///
    /// - Parameters:
    ///   - storage: The account's blob service.
    ///   - container: The container of records.
    package init(storage: any BlobStorage, container: String) {
        self.storage = storage
        self.container = container
    }

    /// Where an inventory lies.
    ///
    /// - Parameter digest: Its digest.
    /// - Returns: The path.
    package static func path(of digest: String) -> String { "v1/inventories/\(digest).json.gz" }

    /// Files an inventory; one of the same content that lies there already stays as it is.
    ///
    /// - Parameter inventory: The inventory.
    /// - Returns: Its digest.
    /// - Throws: ``BackupDomain/BackupError``
    package func file(_ inventory: Inventory) async throws -> String {
        let content = try inventory.content()
        let digest = ContentDigest.of(content)
        do {
            _ = try await self.storage.write(
                Gzip.compressed(content),
                to: Self.path(of: digest),
                in: self.container,
                condition: .absent,
                contentType: "application/gzip"
            )
        } catch let error as BackupError where error.code == .conflict {
            // The same content is the same name: a former night has filed it.
        }
        return digest
    }

    /// Reads an inventory.
    ///
    /// - Parameter digest: Its digest.
    /// - Returns: The inventory.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where it is gone, `recordUnreadable` where its content is
    ///   not what the digest says, `recordTooNew` where it is newer than this program.
    package func inventory(_ digest: String) async throws -> Inventory {
        let path = Self.path(of: digest)
        guard let (blob, _) = try await self.storage.read(path, in: self.container, cap: Self.cap) else {
            throw BackupError(
                .notFound,
                "The inventory \(path) is gone.",
                remedy: "The backup is not affected; other runs have inventories of their own."
            )
        }
        let content = try Gzip.decompressed(blob, cap: Self.contentCap)
        guard ContentDigest.of(content) == digest else {
            throw BackupError(.recordUnreadable, "\(path) is damaged: its content is not what its name says.")
        }
        let header = try? JSONDecoder.stable().decode(Header.self, from: content)
        if let version = header?.version, version > Inventory.currentVersion {
            throw BackupError(
                .recordTooNew,
                "\(path) has format version \(version); this program reads up to \(Inventory.currentVersion).",
                remedy: "Use the release that wrote it, or a newer one."
            )
        }
        do {
            return try JSONDecoder.stable().decode(Inventory.self, from: content)
        } catch is DecodingError {
            throw BackupError(.recordUnreadable, "\(path) cannot be read: it is no inventory.")
        }
    }

    private struct Header: Decodable { var version: Int }
}
