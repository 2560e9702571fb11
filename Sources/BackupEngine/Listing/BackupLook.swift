package import BackupDomain

/// What a look at the place of one backup shows to whoever only reports: what lies there, or that nobody may look.
package enum BackupLook: Sendable {
    /// What lies there; nothing where the container is not there either.
    case seen(BlobObservation)
    /// The identity may not look.
    case refused(BackupError)

    /// Looks.
    ///
    /// - Parameters:
    ///   - name: The backup's name.
    ///   - container: The container that it was made in.
    ///   - blobs: The account's blob service.
    /// - Throws: ``BackupDomain/BackupError`` where the blob service does not answer.
    package init(at name: String, in container: String, of blobs: any BlobStorage) async throws {
        do {
            self = .seen(try await blobs.properties(of: name, in: container))
        } catch let error as BackupError where error.code == .permissionDenied {
            self = .refused(error)
        } catch let error as BackupError where error.code == .notFound {
            // A container that is not there holds nothing.
            self = .seen(.absent(date: nil))
        }
    }
}
