import Foundation
import Subprocess
import SystemPackage

/// Containers as processes of this machine.
struct ProcessContainers: ContainerRunner {
    /// Source: "Application lifecycle management in Azure Container Apps": 30 seconds between SIGTERM and SIGKILL.
    private static let grace = Duration.seconds(30)

    func run(
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
