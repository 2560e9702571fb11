import Foundation
import Subprocess
import SystemPackage

/// Containers as processes of this machine.
///
/// They have this machine's files: what a container mounts lies in a folder of its own, whose path stands in arguments and
/// variables in the place of the one that the template names.
struct ProcessContainers: ContainerRunner {
    /// Source: "Application lifecycle management in Azure Container Apps": 30 seconds between SIGTERM and SIGKILL.
    private static let grace = Duration.seconds(30)

    func run(
        _ command: [String],
        environment: [String: String],
        mounts: [ContainerMount],
        log: @escaping @Sendable (Data) -> Void
    ) async throws -> Int {
        guard !mounts.isEmpty else { return try await self.run(command, environment: environment, log: log) }
        let root = FileManager.default.temporaryDirectory.appending(path: "container-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        var (command, environment) = (command, environment)
        do {
            for (index, mount) in mounts.enumerated() {
                let folder = root.appending(path: "\(index)")
                try Self.write(mount, to: folder)
                command = command.map { $0.replacing(mount.folder + "/", with: folder.path + "/") }
                environment = environment.mapValues { $0.replacing(mount.folder + "/", with: folder.path + "/") }
            }
        } catch {
            throw ContainerFault("A volume cannot be mounted: \(error.localizedDescription)")
        }
        return try await self.run(command, environment: environment, log: log)
    }

    /// Source: "Manage secrets in Azure Container Apps" (each secret of a volume is a file).
    private static func write(_ mount: ContainerMount, to folder: URL) throws {
        let onlyOwner: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: onlyOwner)
        for (name, content) in mount.files {
            let file = folder.appending(path: name)
            guard
                FileManager.default.createFile(
                    atPath: file.path,
                    contents: Data(content.utf8),
                    attributes: [.posixPermissions: 0o600]
                )
            else { throw CocoaError(.fileWriteUnknown) }
        }
    }

    private func run(
        _ command: [String],
        environment: [String: String],
        log: @escaping @Sendable (Data) -> Void
    ) async throws -> Int {
        guard let program = command.first else { throw ContainerFault("The image has no command.") }
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: Self.grace)]
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(Array(command.dropFirst())),
                environment: .custom(
                    Dictionary(
                        uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
                    )
                ),
                workingDirectory: "/",
                platformOptions: options,
                input: .none,
                output: .sequence,
                error: .combinedWithOutput
            ) { execution in
                for try await buffer in execution.standardOutput {
                    unsafe log(buffer.withUnsafeBytes { unsafe Data($0) })
                }
            }
            switch result.terminationStatus {
            case .exited(let code): return Int(code)
            case .signaled(let signal): return 128 + Int(signal)
            }
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw ContainerFault("'\(program)' cannot be run: \(error)")
        }
    }
}
