import AzureClient
import Foundation

/// Reads a page of this machine, for what the tests want to know of the emulator.
enum PlainHTTP {
    static func get(_ url: URL) async throws -> Data {
        try await AsyncHTTPTransport.with(AzureEnvironment([:])) { transport in
            try await transport.send(HTTPExchangeRequest(url: url, capInBytes: 64 << 20, deadline: .seconds(30))).body
        }
    }
}
