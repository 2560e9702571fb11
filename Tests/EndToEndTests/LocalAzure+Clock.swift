import AzureClient
import AzureEmulator
import Foundation
import HTTPTypes
import Testing

extension LocalAzure {
    /// Puts the shared clock forward.
    func advance(days: Int) async throws { try await self.advance(seconds: days * 86_400) }

    /// Puts the shared clock forward.
    func advance(seconds: Int) async throws {
        let url = try #require(URL(string: "\(self.ready.admin)/clock?advance=\(seconds)"))
        let answer = try await AsyncHTTPTransport.with(AzureEnvironment([:])) { transport in
            try await transport.send(HTTPExchangeRequest(method: .post, url: url))
        }
        #expect(answer.status == 200)
    }
}
