import Foundation

/// The blob storage as API Management's backups need it.
protocol BackupStorage: Sendable {
    func containerExists(account: String, container: String) -> Bool

    /// Makes a container; whether it could be made.
    func createContainer(account: String, container: String) -> Bool

    /// Writes a whole blob over one that is there; whether it was written, since a lease or a name may forbid it.
    func put(account: String, container: String, blob: String, content: Data) -> Bool

    /// Deletes a blob that is there and that no lease protects.
    func delete(account: String, container: String, blob: String)

    func content(account: String, container: String, blob: String) -> Data?

    /// Whether a blob lies in the tier Archive, from which nothing is read.
    func isArchived(account: String, container: String, blob: String) -> Bool

    /// The methods of each of the account's rules for requests across origins.
    func corsMethods(account: String) -> [[String]]
}
