import AsyncHTTPClient
package import BackupDomain
import FoundationEssentials
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOSSL

/// The real network: HTTP/1.1 over TLS with the system's roots and those of `SSL_CERT_FILE`, by a proxy where one is set.
///
/// A connection has 10 seconds to be made. Made with ``with(_:_:)``, or closed with ``shutdown()``.
package struct AsyncHTTPTransport: HTTPTransport {
    private let direct: HTTPClient
    private let proxied: HTTPClient?
    private let proxies: ProxySettings
    private let clock: any WallClock

    /// Opens a transport; it must be closed with ``shutdown()``.
    ///
    /// - Parameters:
    ///   - environment: The variables that name roots and proxies.
    ///   - files: Where the file of roots comes from.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where a variable cannot be followed.
    package init(_ environment: AzureEnvironment, files: FileSource = .system) throws(BackupError) {
        let proxies = try ProxySettings(environment)
        var tls = TLSConfiguration.makeClientConfiguration()
        if let path = environment[.sslCertFile] {
            tls.additionalTrustRoots = [.certificates(try CertificateFile.certificates(path, files: files))]
        }
        var settings = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        settings.timeout.connect = .seconds(10)
        settings.httpVersion = .http1Only
        settings.connectionPool.retryConnectionEstablishment = false
        // Shorter than the minute between two polls: a connection that the far end has closed meanwhile is not used.
        settings.connectionPool.idleTimeout = .seconds(30)
        self.direct = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        self.proxied = proxies.anyServer.map { server in
            settings.proxy = .server(host: server.host, port: server.port, authorization: server.authorization)
            return HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        }
        self.proxies = proxies
        // Deadlines of connections are real time, whatever clock the runs follow.
        self.clock = SystemClock()
    }

    /// Closes all connections.
    ///
    /// - Throws: What the client says when a connection cannot be closed.
    package func shutdown() async throws {
        try await self.proxied?.shutdown()
        try await self.direct.shutdown()
    }

    package func send(_ request: HTTPExchangeRequest) async throws -> HTTPExchangeResponse {
        guard let origin = Origin(request.url) else {
            throw TransportFailure(
                BackupError(.invalidInput, "A URL that is neither https nor http cannot be called."),
                mayHaveArrived: false
            )
        }
        let proxied = self.proxies.server(for: origin) != nil ? self.proxied : nil
        do {
            return try await self.withinDeadline(request.deadline) {
                try await Self.exchange(request, over: proxied ?? self.direct)
            }
        } catch {
            try Task.checkCancellation()
            throw TransportFailure(error, origin: origin, request: request, proxied: proxied != nil)
        }
    }

    private func withinDeadline(
        _ deadline: Duration,
        _ exchange: @escaping @Sendable () async throws -> HTTPExchangeResponse
    ) async throws -> HTTPExchangeResponse {
        try await withThrowingTaskGroup(of: HTTPExchangeResponse.self) { group in
            let clock = self.clock
            group.addTask { try await exchange() }
            group.addTask {
                try await clock.sleep(for: deadline)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    private static func exchange(
        _ request: HTTPExchangeRequest,
        over client: HTTPClient
    ) async throws -> HTTPExchangeResponse {
        var outgoing = HTTPClientRequest(url: request.url.absoluteString)
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.fields { outgoing.headers.add(name: field.name.rawName, value: field.value) }
        if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        if request.body.isEmpty, request.method == .post || request.method == .put {
            outgoing.headers.replaceOrAdd(name: "Content-Length", value: "0")
        }
        let answer = try await client.execute(outgoing, timeout: .hours(24))
        let body = try await answer.body.collect(upTo: request.capInBytes)
        var fields = HTTPFields()
        for header in answer.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        return HTTPExchangeResponse(status: Int(answer.status.code), fields: fields, body: Data(body.readableBytesView))
    }
}
