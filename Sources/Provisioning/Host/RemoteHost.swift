/// Backups that run in Azure: started there, under the host's own identity, and followed from here.
package protocol RemoteHost: Sendable {
    /// The host, for people: its kind and name.
    var title: String { get }

    /// Starts a backup.
    ///
    /// - Returns: What was started.
    /// - Throws: ``BackupDomain/BackupError``
    func start() async throws -> RemoteStart

    /// Asks once how what was started stands.
    ///
    /// - Parameter name: Its name.
    /// - Returns: How it stands.
    /// - Throws: ``BackupDomain/BackupError``
    func state(of name: String) async throws -> RemoteState
}

/// How a backup stands that was started in Azure.
package enum RemoteState: Sendable, Hashable {
    /// It goes on.
    case running
    /// It ended well: the backup is there.
    case succeeded
    /// It did not, with what Azure says of it.
    case failed(String)
}
