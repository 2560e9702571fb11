import AzureClient
import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Testing

extension LocalAzure {
    /// Calls the Resource Manager as the machine's identity, and returns the status.
    func manage(_ method: HTTPRequest.Method, _ path: String) async throws -> Int {
        let environment = AzureEnvironment(self.environment)
        let url = try #require(URL(string: "\(self.ready.resourceManager)\(path)?api-version=2024-05-01"))
        return try await AsyncHTTPTransport.with(environment) { transport in
            let cloud = try await Cloud.resolve(named: nil, environment: environment, transport: transport)
            let credential = try CredentialSource(
                environment: environment,
                cloud: cloud,
                transport: transport,
                clock: RealClock()
            ).credential("managed-identity")
            let token = try await credential.token(for: cloud.audience).secret.reveal()
            let request = HTTPExchangeRequest(method: method, url: url, fields: [.authorization: "Bearer \(token)"])
            return try await transport.send(request).status
        }
    }
}
