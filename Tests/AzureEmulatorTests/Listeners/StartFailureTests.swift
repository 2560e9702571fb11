import Foundation
import Testing

@testable import AzureEmulator

@Suite("Starts that fail", .timeLimit(.minutes(1)))
struct StartFailureTests {
    /// What an emulator says that is to start with a folder of its own.
    private func failure(
        state: String? = nil,
        host: String = "127.0.0.1",
        firstPort: Int? = nil,
        temporary: String? = nil
    ) async throws -> String {
        var sources = EmulatorSources.system()
        if let temporary { sources.temporaryDirectory = URL(filePath: temporary) }
        let server = AzureEmulatorServer(
            world: .builtIn,
            options: EmulatorOptions(host: host, firstPort: firstPort, stateDirectory: state, sources: sources)
        )
        do {
            try await server.run { _ in }
            return "it started"
        } catch {
            return "\(error)"
        }
    }

    @Test func `a folder that cannot keep the state is named, and why it cannot`() async throws {
        let missing = try await self.failure(state: "/proc/x")
        #expect(missing == "The state cannot be kept in '/proc/x': No such file or directory.")
        try await withTemporaryFolder { folder in
            let file = "\(folder)/file"
            try Data().write(to: URL(filePath: file))
            let said = try await self.failure(state: file)
            #expect(said.hasPrefix("The state cannot be kept in '\(file)': "), "\(said)")
            #expect(!said.contains("Error Domain") && !said.contains("\n"), "\(said)")
        }
    }

    @Test(arguments: ["ca.pem", "ca-key.pem", "cloud.journal"])
    func `a folder whose files are not ours is named`(_ name: String) async throws {
        try await withTemporaryFolder { folder in
            for other in ["ca.pem", "ca-key.pem", name] {
                try Data("2 3\n{}\n4 5\n{}\n".utf8).write(to: URL(filePath: "\(folder)/\(other)"))
            }
            let said = try await self.failure(state: folder)
            #expect(said.hasPrefix("The state cannot be kept in '\(folder)': "), "\(said)")
        }
    }

    @Test func `a folder for temporary files that cannot be used is named`() async throws {
        let said = try await self.failure(temporary: "/proc/x")
        #expect(said == "Certificates for clients cannot be written to '/proc/x': No such file or directory.")
    }

    @Test func `an address that is not this machine's is named`() async throws {
        #expect(
            try await self.failure(host: "192.0.2.1")
                == "Nothing can listen on '192.0.2.1': Cannot assign requested address."
        )
        let unknown = try await self.failure(host: "nothing.invalid", firstPort: 20_000)
        #expect(
            unknown.hasPrefix("Nothing can listen on 'nothing.invalid with the ports 20000 to 20005': "),
            "\(unknown)"
        )
    }

    @Test(arguments: [("/proc/nonexistent/local-azure.env", "No such file or directory"), ("/proc", "Is a directory")])
    func `a file that cannot be written is named`(_ path: String, _ reason: String) {
        #expect {
            try StartFailure.naming("The environment cannot be written to", path) {
                try PrivateFile.write(Data("x".utf8), to: URL(filePath: path))
            }
        } throws: { error in
            "\(error)" == "The environment cannot be written to '\(path)': \(reason)."
        }
    }

    @Test func `a private file is its owner's only, and takes the place of one that was there`() async throws {
        try await withTemporaryFolder { folder in
            let file = URL(filePath: "\(folder)/secret")
            try PrivateFile.write(Data("one".utf8), to: file)
            try PrivateFile.write(Data("two".utf8), to: file)
            #expect(try String(contentsOf: file, encoding: .utf8) == "two")
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["secret"])
        }
    }
}
