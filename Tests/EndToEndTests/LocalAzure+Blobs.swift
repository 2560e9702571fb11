import AzureClient
import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Testing

extension LocalAzure {
    /// Opens the product's own blob client on the built-in account.
    func withBlobs<Value: Sendable>(
        _ body: @escaping @Sendable (any BlobStorage) async throws -> Value
    ) async throws -> Value {
        let endpoint = try #require(URL(string: self.ready.blobEndpoint))
        return try await self.withTokens { cloud, tokens, transport in
            try await body(
                BlobServiceClient(
                    account: StorageAccount(name: "contosobackups", blobEndpoint: endpoint),
                    cloud: cloud,
                    tokens: tokens,
                    transport: transport,
                    clock: RealClock()
                )
            )
        }
    }

    /// Moves a backup to another access tier, as a rule of lifecycle management does.
    func move(_ name: String, to tier: String) async throws {
        let endpoint = try #require(URL(string: self.ready.blobEndpoint))
        let url = endpoint.appending(path: "apim-backups/\(name)")
            .appending(queryItems: [URLQueryItem(name: "comp", value: "tier")])
        let answer = try await self.withTokens { cloud, tokens, transport in
            var request = HTTPExchangeRequest(method: .put, url: url)
            let token = try await tokens.token(for: cloud.storageAudience)
            request.fields[text: "Authorization"] = "Bearer \(token.secret.reveal())"
            request.fields[text: "x-ms-version"] = "2023-11-03"
            request.fields[text: "x-ms-access-tier"] = tier
            return try await transport.send(request)
        }
        try #require(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
    }

    /// Opens a way to the blob service with the tokens of the machine's identity.
    private func withTokens<Value: Sendable>(
        _ body: @escaping @Sendable (Cloud, TokenCache, AsyncHTTPTransport) async throws -> Value
    ) async throws -> Value {
        let environment = AzureEnvironment(self.environment)
        return try await AsyncHTTPTransport.with(environment) { transport in
            let clock = RealClock()
            let cloud = try await Cloud.resolve(named: nil, environment: environment, transport: transport)
            let credential = try CredentialSource(
                environment: environment,
                cloud: cloud,
                transport: transport,
                clock: clock
            ).credential("managed-identity")
            return try await body(cloud, TokenCache(credential, clock: clock), transport)
        }
    }
}
