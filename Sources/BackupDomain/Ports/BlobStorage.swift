package import FoundationEssentials

/// The blob service of one storage account.
///
/// Implementations renew tokens and repeat what is safe to repeat. What is thrown is a ``BackupError``:
/// `permissionDenied` where roles, keys or the firewall forbid, `storageAccountNotFound` where there is no such account,
/// `conflict` where a condition or a lease forbids, `notFound` where the container is missing.
package protocol BlobStorage: Sendable {
    /// The same storage for whoever is about to write: refusals of what is read before name the role that writing needs.
    var forWriting: any BlobStorage { get }

    /// Looks whether a container is there.
    ///
    /// - Parameter container: The container's name.
    /// - Returns: Whether it exists.
    /// - Throws: ``BackupError``
    func containerExists(_ container: String) async throws -> Bool

    /// Creates a private container; one that exists already is left as it is.
    ///
    /// - Parameter container: The container's name.
    /// - Throws: ``BackupError``
    func createContainer(_ container: String) async throws

    /// Looks at a blob without reading it.
    ///
    /// - Parameters:
    ///   - name: The blob's name.
    ///   - container: The container's name.
    /// - Returns: Its properties, or that it is not there.
    /// - Throws: ``BackupError``
    func properties(of name: String, in container: String) async throws -> BlobObservation

    /// Reads a whole blob.
    ///
    /// - Parameters:
    ///   - name: The blob's name.
    ///   - container: The container's name.
    ///   - cap: The most bytes to accept.
    /// - Returns: The content with its ETag, or nil where the blob is not there.
    /// - Throws: ``BackupError`` with code `answerTooLarge` and others.
    func read(_ name: String, in container: String, cap: Int) async throws -> (content: Data, etag: ETag)?

    /// Writes a whole blob.
    ///
    /// - Parameters:
    ///   - content: The bytes.
    ///   - name: The blob's name.
    ///   - container: The container's name.
    ///   - condition: What must hold for the write to take place.
    ///   - contentType: The media type.
    /// - Returns: The new ETag.
    /// - Throws: ``BackupError`` with code `conflict` where the condition does not hold.
    func write(
        _ content: Data,
        to name: String,
        in container: String,
        condition: WriteCondition,
        contentType: String
    ) async throws -> ETag

    /// Deletes a blob.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storageservices/delete-blob>
    ///
    /// - Parameters:
    ///   - name: The blob's name.
    ///   - container: The container's name.
    ///   - condition: What must hold for the deletion to take place; `absent` holds never.
    /// - Returns: What became of the bytes.
    /// - Throws: ``BackupError`` with code `notFound` where there is no such blob, `conflict` where the condition or a
    ///   lease forbids it, `blobProtected` where an immutability policy or a legal hold does.
    func delete(_ name: String, in container: String, condition: WriteCondition) async throws -> BlobDeletion

    /// Asks how long the bytes of deleted blobs are kept.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storageservices/get-blob-service-properties>
    ///
    /// - Returns: The answer; `unknown` where the caller may not ask.
    /// - Throws: ``BackupError`` where the service cannot be reached.
    func deletedBlobRetention() async throws -> DeletedBlobRetention

    /// Lists blobs by name, in the service's order, one page.
    ///
    /// - Parameters:
    ///   - container: The container's name.
    ///   - prefix: What names begin with; empty for all.
    ///   - delimiter: Where given, names are folded at it and come back as `prefixes`.
    ///   - marker: Where the last page ended; nil for the first.
    /// - Returns: The page.
    /// - Throws: ``BackupError``
    func list(_ container: String, prefix: String, delimiter: String?, marker: String?) async throws -> BlobPage

    /// Takes the lease of a blob, which ends by itself unless it is renewed.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storageservices/lease-blob>
    ///
    /// - Parameters:
    ///   - name: The blob's name.
    ///   - container: The container's name.
    ///   - seconds: How long it lasts, 15 to 60.
    /// - Returns: The lease's id.
    /// - Throws: ``BackupError`` with code `conflict` where somebody else holds it, `notFound` where there is no blob.
    func acquireLease(of name: String, in container: String, seconds: Int) async throws -> LeaseID

    /// Makes a lease last as long again.
    ///
    /// - Parameters:
    ///   - lease: The lease.
    ///   - name: The blob's name.
    ///   - container: The container's name.
    /// - Throws: ``BackupError`` with code `conflict` where the lease is lost.
    func renewLease(_ lease: LeaseID, of name: String, in container: String) async throws

    /// Gives a lease back; one that is lost already is no error.
    ///
    /// - Parameters:
    ///   - lease: The lease.
    ///   - name: The blob's name.
    ///   - container: The container's name.
    /// - Throws: ``BackupError``
    func releaseLease(_ lease: LeaseID, of name: String, in container: String) async throws

    /// Ends whatever lease a blob has, at once; none is no error.
    ///
    /// - Parameters:
    ///   - name: The blob's name.
    ///   - container: The container's name.
    /// - Throws: ``BackupError``
    func breakLease(of name: String, in container: String) async throws
}

extension BlobStorage {
    /// The storage itself, by default.
    package var forWriting: any BlobStorage { self }
}
