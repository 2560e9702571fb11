import BackupDomain
import Synchronization

/// Credentials in an order: the first that can be used is used, and kept to from then on.
///
/// One that is not available lets the next one try. One that is there but is refused ends the search with its error:
/// going on would act under another identity than the one that was set up.
final class ChainedCredential: TokenCredential {
    private let credentials: [any TokenCredential]
    private let chosen = Mutex<Int?>(nil)

    /// Creates a chain.
    ///
    /// - Parameter credentials: The credentials, in order.
    init(_ credentials: [any TokenCredential]) { self.credentials = credentials }

    var name: String { self.chosen.withLock(\.self).map { self.credentials[$0].name } ?? "none yet" }

    func token(for audience: String) async throws -> AccessToken {
        if let chosen = self.chosen.withLock(\.self) {
            do {
                return try await self.credentials[chosen].token(for: audience)
            } catch let problem as CredentialUnavailable {
                throw Self.none([(self.credentials[chosen].name, problem.reason)])
            }
        }
        var tried: [(name: String, reason: String)] = []
        for (index, credential) in self.credentials.enumerated() {
            do {
                let token = try await credential.token(for: audience)
                self.chosen.withLock { $0 = index }
                return token
            } catch let problem as CredentialUnavailable {
                tried.append((credential.name, problem.reason))
            } catch let error as BackupError {
                throw Self.refused(error, after: tried)
            }
        }
        throw Self.none(tried)
    }

    /// The error of a credential that is there but is refused, with why those before it did not serve.
    private static func refused(_ error: BackupError, after tried: [(name: String, reason: String)]) -> BackupError {
        guard !tried.isEmpty else { return error }
        var error = error
        error.message += " Tried before: \(Self.list(tried))."
        return error
    }

    private static func list(_ tried: [(name: String, reason: String)]) -> String {
        tried.map { "\($0.name): \($0.reason)" }.joined(separator: "; ")
    }

    private static func none(_ tried: [(name: String, reason: String)]) -> BackupError {
        BackupError(
            .noCredential,
            "No credential for Azure can be used. Tried: \(Self.list(tried)).",
            remedy:
                "Run where Azure gives a managed identity, set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, "
                + "or sign in with 'az login'."
        )
    }
}
