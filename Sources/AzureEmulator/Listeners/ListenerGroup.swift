import EmulatorRuntime
import Foundation
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle

/// All listeners of one emulator: started together, stopped together.
struct ListenerGroup: Sendable {
    private let group: ServiceGroup
    private let slots: [ServiceSlot]
    private let ports: AsyncStream<(index: Int, port: Int)>
    private let host: String
    private let firstPort: Int?

    init(host: String, firstPort: Int?, authority: CertificateAuthority, parts: EmulatorParts) throws {
        let (ports, announce) = AsyncStream<(index: Int, port: Int)>.makeStream()
        let tls = try Self.tls(authority.serverCertificate(host: host))
        // Nothing of the listeners is worth a line on the terminal; errors reach the caller by throwing.
        let logger = Logger(label: "azure-emulator") { _ in SwiftLogNoOpLogHandler() }
        let slots = ListenerPlan.all.map { _ in ServiceSlot() }
        let servers = try ListenerPlan.all.enumerated().map { index, plan in
            let slot = slots[index]
            let shell = ListenerShell(plan: plan, host: parts.served(plan.host) { slot.service })
            let http = HTTPServerBuilder.http1(configuration: .init(idleTimeout: .seconds(120)))
            return try (plan.isSecure ? .tls(http, tlsConfiguration: tls) : http).buildServer(
                configuration: ServerConfiguration(
                    address: .hostname(host, port: firstPort.map { $0 + index } ?? 0),
                    backlog: 1024
                ),
                eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
                logger: logger,
                responder: { request, writer, channel in
                    try await shell.respond(to: request, writer: writer, channel: channel)
                },
                onServerRunning: { channel in announce.yield((index, channel.localAddress?.port ?? 0)) }
            )
        }
        var configuration = ServiceGroupConfiguration(services: servers, logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(2)
        self.group = ServiceGroup(configuration: configuration)
        self.slots = slots
        self.ports = ports
        self.host = host
        self.firstPort = firstPort
    }

    private static func tls(_ pair: (certificate: String, key: String)) throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(pair.certificate.utf8)).map {
            NIOSSLCertificateSource.certificate($0)
        }
        let key = try NIOSSLPrivateKey(bytes: Array(pair.key.utf8), format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain,
            privateKey: .privateKey(key)
        )
        configuration.applicationProtocols = ["http/1.1"]
        // A connection that a fault drops must not wait for the client's farewell.
        configuration.shutdownTimeout = .milliseconds(50)
        return configuration
    }

    func run() async throws {
        do {
            try await self.group.run()
        } catch let error as IOError {
            throw self.failure(POSIXError(POSIXErrorCode(rawValue: error.errnoCode) ?? .EIO))
        } catch let error as SocketAddressError.UnknownHost {
            throw self.failure(error)
        }
    }

    private func failure(_ error: any Error) -> StartFailure {
        let ports = self.firstPort.map { " with the ports \($0) to \($0 + ListenerPlan.all.count - 1)" } ?? ""
        return StartFailure("Nothing can listen on", "\(self.host)\(ports)", error)
    }

    func stop() async { await self.group.triggerGracefulShutdown() }

    /// The addresses, once every listener has its port.
    func endpoints() async throws -> Endpoints {
        var found: [Int: Int] = [:]
        for await (index, port) in self.ports {
            found[index] = port
            if found.count == ListenerPlan.all.count { break }
        }
        try Task.checkCancellation()
        // A client cannot connect to the address that means all of them.
        let name =
            ["0.0.0.0", "::"].contains(self.host) ? "127.0.0.1" : self.host.contains(":") ? "[\(self.host)]" : self.host
        let addresses = ListenerPlan.all.enumerated().map { index, plan in
            "\(plan.isSecure ? "https" : "http")://\(name):\(found[index] ?? 0)"
        }
        return Endpoints(
            resourceManager: addresses[0],
            authority: addresses[1],
            blob: addresses[2],
            blobHTTP: addresses[3],
            identity: addresses[4],
            admin: addresses[5]
        )
    }

    func fill(_ services: @Sendable (HostKind) -> any EmulatedService) {
        for (slot, plan) in zip(self.slots, ListenerPlan.all) { slot.fill(services(plan.host)) }
    }
}
