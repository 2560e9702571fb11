import AsyncHTTPClient
import EmulatorRuntime
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOSSL
import Synchronization

@testable import AzureEmulator

/// A small HTTP client that trusts one certificate authority.
struct LocalClient: Sendable {
    struct Reply: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var body: Data
    }

    let client: HTTPClient

    static func with(trusting file: String, _ body: (LocalClient) async throws -> Void) async throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(file)
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        // A dropped connection must be seen by the test, not mended behind its back.
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            try await body(LocalClient(client: client))
            try await client.shutdown()
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    @discardableResult
    func send(
        _ method: HTTPMethod,
        _ url: String,
        token: String? = nil,
        headers: [(String, String)] = [],
        body: String? = nil
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: url)
        request.method = method
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if url.contains("/contosobackups/") { request.headers.add(name: "x-ms-version", value: "2024-11-04") }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await self.client.execute(request, timeout: .seconds(20))
        let content = try await response.body.collect(upTo: 8 << 20)
        return Reply(status: Int(response.status.code), headers: response.headers, body: Data(buffer: content))
    }

    /// A token of the machine's managed identity.
    func machineToken(_ ready: ReadyDocument, resource: String) async throws -> String {
        let endpoint = ready.environment["IDENTITY_ENDPOINT"] ?? ""
        let reply = try await self.send(
            .GET,
            "\(endpoint)?api-version=2019-08-01&resource=\(resource)",
            headers: [("X-IDENTITY-HEADER", ready.environment["IDENTITY_HEADER"] ?? "")]
        )
        return try JSONParser.parse(reply.body).value["access_token"]?.string ?? ""
    }
}

/// Paths that a test saw inside the emulator.
final class SeenPaths: Sendable {
    private let state = Mutex<[String]>([])

    func add(_ path: String) { self.state.withLock { $0.append(path) } }

    var paths: [String] { self.state.withLock { $0 } }
}
