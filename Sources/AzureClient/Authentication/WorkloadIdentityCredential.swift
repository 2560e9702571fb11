import BackupDomain
import FoundationEssentials
import Synchronization

/// A token that the platform writes into a file, exchanged for one of Azure.
///
/// The file is read again when what was read is older than ten minutes, as the platform renews it.
///
/// Source: <https://learn.microsoft.com/entra/workload-id/workload-identity-federation>
final class WorkloadIdentityCredential: TokenCredential {
    private struct Assertion {
        var text: String
        var readAt: Date
    }

    private static let maximumAge = 600.0

    private let entra: EntraToken
    private let path: String
    private let files: FileSource
    private let assertion = Mutex<Assertion?>(nil)

    /// Creates a credential.
    init(entra: EntraToken, path: String, files: FileSource) {
        self.entra = entra
        self.path = path
        self.files = files
    }

    let name = "workload-identity"

    func token(for audience: String) async throws -> AccessToken {
        let proof = [
            (name: "client_assertion_type", value: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            (name: "client_assertion", value: try self.currentAssertion()),
        ]
        do {
            return try await self.entra.token(for: audience, proof: proof, credential: self.name)
        } catch let error as BackupError {
            // What was refused is not offered again: the platform may have written a new one.
            self.assertion.withLock { $0 = nil }
            throw error
        }
    }

    private func currentAssertion() throws -> String {
        let now = self.entra.repeating.clock.now
        return try self.assertion.withLock { known in
            if let known, (0..<Self.maximumAge).contains(now.timeIntervalSince(known.readAt)) { return known.text }
            guard let content = try? self.files.read(self.path, capInBytes: 65_536) else {
                throw CredentialUnavailable(
                    "the file that AZURE_FEDERATED_TOKEN_FILE names, \(self.path), cannot be read"
                )
            }
            let text = String(decoding: content, as: UTF8.self).filter { !$0.isWhitespace }
            guard AccessToken.isPlausible(text) else {
                throw CredentialUnavailable(
                    "the file that AZURE_FEDERATED_TOKEN_FILE names, \(self.path), holds no token"
                )
            }
            known = Assertion(text: text, readAt: now)
            return text
        }
    }
}
