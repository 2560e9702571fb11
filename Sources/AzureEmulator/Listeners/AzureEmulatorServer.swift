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
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listeners.run() }
            group.addTask {
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
            // Whoever ends first ends the other: the caller who is done, or a listener that could not start.
            try await group.next()
            await listeners.stop()
            group.cancelAll()
            while let result = await group.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
        }
    }
}
