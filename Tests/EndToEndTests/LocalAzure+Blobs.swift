import AzureClient
import AzureEmulator
import BackupDomain
import Foundation
import Testing

extension LocalAzure {
    /// Opens the product's own blob client on the built-in account.
    func withBlobs<Value: Sendable>(
        _ body: @escaping @Sendable (any BlobStorage) async throws -> Value
    ) async throws -> Value {
        let environment = AzureEnvironment(self.environment)
        let endpoint = try #require(URL(string: self.ready.blobEndpoint))
        return try await AsyncHTTPTransport.with(environment) { transport in
            let clock = RealClock()
            let cloud = try await Cloud.resolve(named: nil, environment: environment, transport: transport)
            let credential = try CredentialSource(
                environment: environment,
                cloud: cloud,
                transport: transport,
                clock: clock
            ).credential("managed-identity")
            return try await body(
                BlobServiceClient(
                    account: StorageAccount(name: "contosobackups", blobEndpoint: endpoint),
                    cloud: cloud,
                    tokens: TokenCache(credential, clock: clock),
                    transport: transport,
                    clock: clock
                )
            )
        }
    }
}
