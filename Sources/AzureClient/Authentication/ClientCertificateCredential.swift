import BackupDomain
import FoundationEssentials

/// An application with a certificate: proves itself by an assertion signed PS256.
struct ClientCertificateCredential: TokenCredential {
    /// Where tokens are asked for.
    var entra: EntraToken
    /// The file with certificate and key.
    var path: String
    /// The file's password.
    var password: Secret?
    /// Whether the chain goes along, for applications that trust a certificate by its subject and issuer.
    var sendsChain: Bool
    /// Where the file comes from.
    var files: FileSource
    /// Where the assertion's nonce comes from.
    var random: RandomSource

    var name: String { "environment (client certificate)" }

    func token(for audience: String) async throws -> AccessToken {
        let proof = [
            (name: "client_assertion_type", value: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            (name: "client_assertion", value: try self.assertion()),
        ]
        return try await self.entra.token(for: audience, proof: proof, credential: self.name)
    }

    /// Signs an assertion.
    ///
    /// The file is read each time, so that a renewed certificate is used without a restart.
    func assertion() throws -> String {
        let content: Data
        do {
            content = try self.files.read(self.path)
        } catch {
            throw BackupError(
                .invalidInput,
                "The file that AZURE_CLIENT_CERTIFICATE_PATH names, \(self.path), cannot be read."
            )
        }
        let certificate = try ClientCertificate(content, path: self.path, password: self.password)
        do {
            return try ClientAssertion.signed(
                self.entra,
                with: certificate,
                sendsChain: self.sendsChain,
                nonce: self.random.nonce(),
                now: self.entra.repeating.clock.now
            )
        } catch {
            throw BackupError(.invalidInput, "The key in \(self.path) cannot sign: it must be an RSA key.")
        }
    }
}
