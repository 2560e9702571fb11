import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import Logging
import ServiceLifecycle

/// A local Azure on sockets of this machine.
///
/// It lives inside ``run(onReady:)`` and leaves nothing behind but the state directory, where it was given one.
package struct AzureEmulatorServer: Sendable {
    private let world: World
    private let options: EmulatorOptions

    /// Describes an emulator; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - world: What exists at the first start.
    ///   - options: Where it listens, what it keeps, and where time comes from.
    package init(world: World, options: EmulatorOptions) {
        self.world = world
        self.options = options
    }

    /// Serves until `onReady` returns or throws, or until the task is cancelled.
    ///
    /// - Parameter onReady: Called once, when all listeners answer.
    /// - Throws: What `onReady` throws, or the error that kept a listener from its port or the state from its folder.
    package func run(onReady: @escaping @Sendable (ReadyDocument) async throws -> Void) async throws {
        let folder = self.options.stateDirectory ?? "in memory"
        let unusable = "The state cannot be kept in"
        let state = self.options.stateDirectory.map { URL(filePath: $0, directoryHint: .isDirectory) }
        let lock = try StartFailure.naming(unusable, folder) { try state.map(StateLock.init(folder:)) }
        defer { lock?.release() }
        let authority = try StartFailure.naming(unusable, folder) { try CertificateAuthority(directory: state) }
        let temporary = self.options.sources.temporaryDirectory
        let files = try StartFailure.naming("Certificates for clients cannot be written to", temporary.path) {
            try RuntimeFiles(
                parent: temporary,
                name: self.options.sources.identifiers.nextText(),
                certificate: authority.certificate
            )
        }
        defer { files.remove() }
        let parts = try StartFailure.naming(unusable, folder) {
            try EmulatorParts(world: self.world, options: self.options)
        }
        let listeners = try ListenerGroup(
            host: self.options.host,
            firstPort: self.options.firstPort,
            authority: authority,
            parts: parts
        )
        try await Self.join(listeners) { try await self.work(parts, behind: listeners, files, onReady) }
    }

    /// Does what goes on behind the listeners, and calls the caller.
    private func work(
        _ parts: EmulatorParts,
        behind listeners: ListenerGroup,
        _ files: RuntimeFiles,
        _ onReady: @escaping @Sendable (ReadyDocument) async throws -> Void
    ) async throws {
        let endpoints = try await listeners.endpoints()
        let services = parts.services(endpoints: endpoints)
        listeners.fill(services)
        let document = ReadyDocument(
            world: self.world,
            endpoints: endpoints,
            files: files,
            isVirtual: self.options.sources.isVirtual
        )
        // The key takes a while to make: nobody should wait for it before the first token, nor the caller for
        // it at all.
        async let prepared: Void = parts.key.prepare()
        let executor = parts.executor(
            surroundings: ContainerSurroundings(environment: document.environment)
        )
        let work = parts.work(endpoints: endpoints, services: services)
        let background = work.services(cloud: parts.cloud, sources: parts.sources)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in background { group.addTask { try await service.run() } }
            group.addTask { try await executor.run() }
            group.addTask { try await onReady(document) }
            // The background ends by itself only where the state can no longer be written.
            try await group.next()
            group.cancelAll()
        }
        await prepared
    }

    /// Runs the listeners beside the work; whoever ends first ends the other.
    private static func join(
        _ listeners: ListenerGroup,
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: End.self) { group in
            group.addTask { End(isCaller: false, error: await Self.failure(of: listeners.run)) }
            group.addTask { End(isCaller: true, error: await Self.failure(of: work)) }
            // Whoever ends first ends the other: the caller who is done, or a listener that could not start.
            let first = try await group.next()
            if first?.isCaller == true {
                // Listeners that are cancelled drop a connection that is being accepted, which ends the whole process in NIO:
                // they end by themselves, within their own limit.
                await listeners.stop()
            } else {
                group.cancelAll()
            }
            let second = try await group.next()
            for case let error? in [first?.error, second?.error] where !(error is CancellationError) { throw error }
            if let error = first?.error { throw error }
        }
    }

    /// How one of the two that run side by side has ended.
    private struct End: Sendable {
        var isCaller: Bool
        var error: (any Error)?
    }

    private static func failure(of body: @Sendable () async throws -> Void) async -> (any Error)? {
        do {
            try await body()
            return nil
        } catch {
            return error
        }
    }
}
