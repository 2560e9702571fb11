import AzureClient
import Foundation
import Testing

@Suite("Programs of this machine")
struct SubprocessRunnerTests {
    @Test func `a real command runs with the environment that it is given`() async throws {
        let outcome = try await SubprocessRunner()
            .run(
                "sh",
                ["-c", "echo $GREETING; pwd; echo oops >&2; exit 3"],
                input: Data(),
                environment: ["PATH": "/usr/bin:/bin", "GREETING": "hello"],
                deadline: .seconds(20)
            )
        #expect(String(decoding: outcome.output, as: UTF8.self) == "hello\n/\n")
        #expect(outcome.errorText == "oops\n")
        #expect(!outcome.succeeded)
    }

    @Test func `a command that hangs is stopped`() async throws {
        let problem = await #expect(throws: CommandFailure.self) {
            try await SubprocessRunner()
                .run(
                    "sleep",
                    ["60"],
                    input: Data(),
                    environment: ["PATH": "/usr/bin:/bin"],
                    deadline: .milliseconds(50)
                )
        }
        #expect(problem?.reason == "'sleep' did not end within 0 seconds")
    }

    @Test func `a command that is missing is not installed`() async throws {
        let problem = await #expect(throws: CommandFailure.self) {
            try await SubprocessRunner()
                .run(
                    "no-such-command-here",
                    [],
                    input: Data(),
                    environment: ["PATH": "/usr/bin:/bin"],
                    deadline: .seconds(5)
                )
        }
        #expect(problem?.reason == "'no-such-command-here' is not installed")
    }

    @Test func `a command reads what it is given, and need not`() async throws {
        let environment = ["PATH": "/usr/bin:/bin"]
        let text = Data(String(repeating: "0123456789", count: 50_000).utf8)
        let read = try await SubprocessRunner()
            .run("/usr/bin/wc", ["-c"], input: text, environment: environment, deadline: .seconds(20))
        #expect(String(decoding: read.output, as: UTF8.self) == "500000\n")
        for _ in 0..<20 {
            let unread = try await SubprocessRunner()
                .run("true", [], input: text, environment: environment, deadline: .seconds(20))
            #expect(unread.succeeded)
        }
    }
}
