import BackupDomain
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Answers calls over HTTP, without TLS and without asking who calls: it is meant for this machine or a cluster's own network.
///
/// No request's body is read, and connections are few and short.
package struct HTTPListener: Service {
    /// How many connections are open at once.
    private static let mostConnections = 64

    private let address: ListenAddress
    private let routes: [HTTPRoute]
    private let onListening: @Sendable (ListenAddress) -> Void

    /// Creates a listener; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - address: Where to listen.
    ///   - routes: What is answered.
    ///   - onListening: Told the address once calls are answered, with the port that was found where it is 0.
    package init(
        _ address: ListenAddress,
        routes: [HTTPRoute],
        onListening: @escaping @Sendable (ListenAddress) -> Void
    ) {
        self.address = address
        self.routes = routes
        self.onListening = onListening
    }

    /// Answers until graceful shutdown begins.
    ///
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where nothing can listen on the address.
    package func run() async throws {
        let (address, onListening) = (self.address, self.onListening)
        let server = try HTTPServerBuilder.http1(configuration: .init(idleTimeout: .seconds(30))).buildServer(
            configuration: ServerConfiguration(
                address: .hostname(address.host, port: address.port),
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections)
            ),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            // What goes wrong with one connection is the caller's to see; errors of the listener are thrown.
            logger: Logger(label: "apim-backup.http") { _ in SwiftLogNoOpLogHandler() },
            responder: { request, writer, _ in try await self.respond(to: request, writer) },
            onServerRunning: { channel in
                onListening(ListenAddress(host: address.host, port: channel.localAddress?.port ?? address.port))
            }
        )
        do {
            try await server.run()
        } catch let error as IOError {
            throw self.failure(error.description)
        } catch let error as SocketAddressError.UnknownHost {
            throw self.failure("there is no host \(error.host)")
        }
    }

    @concurrent
    private func respond(to request: Request, _ writer: consuming ResponseWriter) async throws {
        let page = await self.routes.page(request.method.rawValue, request.head.path ?? "/")
        var head = HTTPResponse(status: HTTPResponse.Status(code: page.status))
        head.headerFields[.contentType] = page.contentType
        head.headerFields[.cacheControl] = "no-store"
        head.headerFields[.contentLength] = "\(page.body.utf8.count)"
        if page.status == 405 { head.headerFields[.allow] = "GET, HEAD" }
        if request.method == .head { return try await writer.writeResponse(head) }
        try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(string: page.body)))
    }

    private func failure(_ reason: String) -> BackupError {
        BackupError(
            .invalidInput,
            "Nothing can listen on \(self.address): \(reason).",
            remedy: "Name another address with --listen or serve.listen, or 'none'."
        )
    }
}
