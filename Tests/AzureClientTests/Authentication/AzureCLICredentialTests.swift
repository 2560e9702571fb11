import BackupDomain
import FoundationEssentials
import TestSupport
import Testing

@testable import AzureClient

struct AzureCLICredentialTests {
    static func outcome(_ output: String, succeeded: Bool = true, error: String = "") -> ScriptedRunner {
        ScriptedRunner(CommandOutcome(succeeded: succeeded, output: Data(output.utf8), errorText: error))
    }

    @Test func `the command names the resource and the tenant`() async throws {
        let runner = Self.outcome(
            #"{"accessToken":"t","expires_on":1795485600,"expiresOn":"2026-11-24 03:00:00.000000"}"#
        )
        let credential = AzureCLICredential(runner: runner, environment: AzureEnvironment(["AZURE_TENANT_ID": "ten"]))
        let token = try await credential.token(for: "https://a")
        #expect(token.expiresAt == Date(timeIntervalSince1970: 1_795_485_600))
        #expect(
            runner.commands == [
                ["az", "account", "get-access-token", "--output", "json", "--resource", "https://a", "--tenant", "ten"]
            ]
        )
    }

    @Test func `old releases print the local time only`() async throws {
        let runner = Self.outcome(#"{"accessToken":"t","expiresOn":"2026-11-24 03:00:00.123456"}"#)
        let token = try await AzureCLICredential(runner: runner, environment: AzureEnvironment([:])).token(
            for: "https://a"
        )
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .current).year().month().day()
            .time(includingFractionalSeconds: false)
        #expect(token.expiresAt.formatted(style) == "2026-11-24 03:00:00")
    }

    struct Bad: CustomTestStringConvertible {
        var testDescription: String { self.reason }
        var runner: ScriptedRunner
        var reason: String
    }

    static let bad = [
        Bad(
            runner: Self.outcome("", succeeded: false, error: "ERROR: Please run 'az login' to setup account.\n"),
            reason: "nobody is signed in; run 'az login'"
        ),
        Bad(
            runner: Self.outcome("", succeeded: false, error: "boom\n"),
            reason: "'az account get-access-token' failed: boom"
        ),
        Bad(runner: Self.outcome("{}"), reason: "'az account get-access-token' printed no token"),
        Bad(runner: ScriptedRunner(nil), reason: "'az' is not installed"),
    ]

    @Test(arguments: bad)
    func isUnavailable(_ test: Bad) async {
        let credential = AzureCLICredential(runner: test.runner, environment: AzureEnvironment([:]))
        let problem = await #expect(throws: CredentialUnavailable.self) { try await credential.token(for: "https://a") }
        #expect(problem?.reason == test.reason)
    }
}
