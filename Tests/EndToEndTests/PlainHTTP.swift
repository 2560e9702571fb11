import AzureClient
import Foundation
import HTTPTypes

/// Calls a page of this machine, for what the tests want to know of the emulator, or have it do.
enum PlainHTTP {
    static func get(_ url: URL) async throws -> Data { try await self.send(.get, url).body }

    static func send(_ method: HTTPRequest.Method, _ url: URL) async throws -> HTTPExchangeResponse {
        try await AsyncHTTPTransport.with(AzureEnvironment([:])) { transport in
            try await transport.send(
                HTTPExchangeRequest(method: method, url: url, capInBytes: 64 << 20, deadline: .seconds(30))
            )
        }
    }
}
