import BackupDomain

/// Makes sure that a container is there.
struct ContainerSetup: Sendable {
    /// What is known of a container.
    enum Finding: Sendable {
        /// It is there.
        case ready
        /// The caller may not look.
        case hidden(BackupError)
    }

    let storage: RunStorage

    /// Looks for a container and creates it, private, where it is missing.
    ///
    /// - Parameters:
    ///   - container: The container's name.
    ///   - isWritten: Whether we write there: then a refusal names the role for that.
    /// - Returns: Whether it is there or cannot be seen.
    /// - Throws: ``BackupDomain/BackupError``, `containerUnavailable` where it is missing and may not be created.
    func prepare(_ container: String, isWritten: Bool) async throws -> Finding {
        let blobs = isWritten ? self.storage.blobs.forWriting : self.storage.blobs
        do {
            if try await blobs.containerExists(container) { return .ready }
        } catch let error as BackupError where error.code == .permissionDenied {
            return .hidden(error)
        }
        do {
            try await blobs.createContainer(container)
            return .ready
        } catch let error as BackupError where error.code == .permissionDenied {
            throw BackupError(
                .containerUnavailable,
                "The container \(container) is missing in \(self.storage.account.name), and this identity may not "
                    + "create it.",
                remedy: "Create it: az storage container create --auth-mode login --account-name "
                    + "\(self.storage.account.name) --name \(container)",
                azure: error.azure
            )
        }
    }
}
