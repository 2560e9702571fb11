import BackupDomain
import Synchronization

/// The storage accounts that have been found, so that many instances look for theirs once.
final class FoundAccounts: Sendable {
    private struct Key: Hashable {
        var name: String
        var subscription: String
    }

    private let found = Mutex<[Key: StorageAccount]>([:])

    /// Hands out an account, or looks for it; who asks meanwhile looks too, which harms nobody.
    ///
    /// - Parameters:
    ///   - name: The account's name.
    ///   - subscription: Where to look.
    ///   - look: Looks for it; nil where it is not found.
    /// - Returns: The account; nil where it is not found.
    /// - Throws: What the look throws.
    func account(
        _ name: String,
        in subscription: String,
        _ look: () async throws -> StorageAccount?
    ) async throws -> StorageAccount? {
        let key = Key(name: name, subscription: subscription.lowercased())
        if let known = self.found.withLock({ $0[key] }) { return known }
        guard let account = try await look() else { return nil }
        self.found.withLock { $0[key] = account }
        return account
    }
}
