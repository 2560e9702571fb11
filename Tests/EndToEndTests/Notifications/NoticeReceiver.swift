import BackupDomain
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on a free loopback port that takes what channels and heartbeats send, or refuses it.
final class NoticeReceiver: Sendable {
    /// One request.
    struct Delivery: Sendable {
        var path: String
        var headers: [String: String]
        var body: String

        /// The body as JSON.
        var document: JSONValue? { try? JSONDecoder.stable().decode(JSONValue.self, from: Data(self.body.utf8)) }
    }

    private let state = Mutex((deliveries: [Delivery](), status: 200, port: 0))

    /// Where it listens.
    var origin: String { "http://127.0.0.1:\(self.state.withLock(\.port))" }

    /// What came, in order, also what was refused.
    var deliveries: [Delivery] { self.state.withLock(\.deliveries) }

    /// What came to a path and below it.
    func deliveries(to path: String) -> [Delivery] { self.deliveries.filter { $0.path.hasPrefix(path) } }

    /// Lets it answer all that comes with a status.
    func answer(_ status: Int) { self.state.withLock { $0.status = status } }

    private func take(_ delivery: Delivery) -> Int {
        self.state.withLock { state in
            state.deliveries.append(delivery)
            return state.status
        }
    }

    /// Runs a receiver for the duration of a closure.
    static func with(_ body: (NoticeReceiver) async throws -> Void) async throws {
        let receiver = NoticeReceiver()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Answering(receiver))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        receiver.state.withLock { $0.port = channel.localAddress?.port ?? 0 }
        let result: Result<Void, any Error>
        do { result = .success(try await body(receiver)) } catch { result = .failure(error) }
        try await channel.close()
        try result.get()
    }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let receiver: NoticeReceiver
        private var delivery = Delivery(path: "", headers: [:], body: "")

        init(_ receiver: NoticeReceiver) { self.receiver = receiver }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch self.unwrapInboundIn(data) {
            case .head(let head):
                let headers = head.headers.map { ($0.name.lowercased(), $0.value) }
                self.delivery = Delivery(
                    path: head.uri,
                    headers: Dictionary(headers) { first, _ in first },
                    body: ""
                )
            case .body(let buffer): self.delivery.body += String(buffer: buffer)
            case .end:
                let status = self.receiver.take(self.delivery)
                let head = HTTPResponseHead(
                    version: .http1_1,
                    status: HTTPResponseStatus(statusCode: status),
                    headers: ["content-length": "0"]
                )
                context.write(self.wrapOutboundOut(.head(head)), promise: nil)
                context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
