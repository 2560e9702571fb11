import ArgumentParser

/// The program `azure-emulator`, for its executable to call.
package enum EmulatorProgram {
    /// Parses the command line, serves, and exits: 0 after a signal, 64 for a usage error, 1 where it could not start.
    package static func run() async { await AzureEmulatorCommand.main() }
}
