import AzureClient
import BackupDomain
import Foundation
import Testing

@testable import Notifications

@Suite("The command hook")
struct CommandChannelTests {
    static func channel(_ command: String..., timeout: Duration = .seconds(20)) -> CommandChannel {
        CommandChannel(
            name: "pager",
            command: command,
            timeout: timeout,
            environment: ["PATH": "/usr/bin:/bin", "AZURE_CLIENT_SECRET": "s3cret-of-the-caller"],
            runner: SubprocessRunner()
        )
    }

    @Test func `reads the notice, sees no secret of ours, and needs no shell`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "hook-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try await Self.channel("sh", "-c", #"cat > "$0"; env >> "$0""#, file.path()).send(Notices.opened)
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.hasPrefix(String(decoding: try WebhookMessage(Notices.opened).encoded(), as: UTF8.self)))
        #expect(text.contains("PATH=/usr/bin:/bin"))
        #expect(!text.contains("s3cret"))
        let strange = FileManager.default.temporaryDirectory.appending(path: "$(touch oops); x")
        defer { try? FileManager.default.removeItem(at: strange) }
        try await Self.channel("touch", strange.path()).send(Notices.test)
        #expect(
            FileManager.default.fileExists(atPath: strange.path(percentEncoded: false))
                || FileManager.default.fileExists(atPath: strange.path())
        )
    }

    @Test(arguments: [
        (["false"], "'false' did not end with 0."),
        (
            ["sh", "-c", "echo one >&2; echo 'no route sig=abcdef' >&2; exit 3"],
            "'sh' did not end with 0: no route sig=<secret>."
        ),
        (["/no/such/program"], "'/no/such/program' is not installed."),
    ])
    func `that fails says why`(_ command: [String], _ reason: String) async throws {
        let channel = CommandChannel(
            name: "pager",
            command: command,
            timeout: .seconds(20),
            environment: ["PATH": "/usr/bin:/bin"],
            runner: SubprocessRunner()
        )
        let error = await #expect(throws: BackupError.self) { try await channel.send(Notices.test) }
        #expect(error?.code == .noticeNotDelivered)
        #expect(error?.message == "The channel 'pager' did not take a notice: \(reason)")
    }

    @Test func `that hangs is stopped`() async throws {
        let error = await #expect(throws: BackupError.self) {
            try await Self.channel("sleep", "60", timeout: .seconds(1)).send(Notices.test)
        }
        #expect(error?.message.contains("did not end within 1 seconds") == true, "\(error?.message ?? "")")
    }
}
