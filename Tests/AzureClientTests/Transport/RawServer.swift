import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on a free loopback port that answers every request head with given bytes, word for word.
struct RawServer {
    /// What happens once the bytes are out.
    enum After: Sendable {
        case close
        case stay
        /// Closed, and the bytes are sent at the first that comes, not at the end of a head.
        case closeAtOnce
    }

    let port: Int
    /// The request heads so far.
    let heads: Heads

    /// Collects what was asked.
    final class Heads: Sendable {
        private let texts = Mutex<[String]>([])
        var all: [String] { self.texts.withLock(\.self) }
        func note(_ text: String) { self.texts.withLock { $0.append(text) } }
    }

    /// Runs a server for the duration of a closure.
    static func with<Result: Sendable>(
        _ answer: String,
        then after: After = .close,
        tls: NIOSSLContext? = nil,
        _ body: (RawServer) async throws -> Result
    ) async throws -> Result {
        let heads = Heads()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(Answering(answer, after, heads))
                }
            }
        let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        let server = RawServer(port: channel.localAddress?.port ?? 0, heads: heads)
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(server)) } catch { result = .failure(error) }
        try await channel.close()
        return try result.get()
    }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let answer: String
        private let after: After
        private let heads: Heads
        private var received = ""

        init(_ answer: String, _ after: After, _ heads: Heads) {
            self.answer = answer
            self.after = after
            self.heads = heads
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.received += String(buffer: self.unwrapInboundIn(data))
            guard self.received.contains("\r\n\r\n") || self.after == .closeAtOnce else { return }
            self.heads.note(self.received)
            self.received = ""
            let buffer = context.channel.allocator.buffer(string: self.answer)
            context.writeAndFlush(self.wrapOutboundOut(buffer), promise: nil)
            if self.after != .stay { context.close(promise: nil) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
