import Foundation
import Testing

@Suite("Channels that cannot be used")
struct ChannelProblemTests {
    static let head = """
        version: 1
        storage: {account: contosobackups}
        instances: [contoso-apim]
        notifications:
          channels:

        """

    @Test(arguments: [
        (
            "type: command, command: [/no/such/program]", "warning: notifications.channels[0].command",
            "make it executable"
        ),
        ("type: command, command: [no-such-program-anywhere]", "warning: notifications.channels[0].command", "in PATH"),
        ("type: command, command: [/etc/passwd]", "warning: notifications.channels[0].command", "make it executable"),
        ("type: command, command: [/bin]", "warning: notifications.channels[0].command", "make it executable"),
        (
            "type: email, endpoint: \"http://mail.example.com\", sender: a@b.c, recipients: [d@e.f]",
            "error: notifications.channels[0].endpoint", "Give an https URL."
        ),
    ])
    func `are named with line, field and fix before the first night`(
        _ channel: String,
        _ problem: String,
        _ fix: String
    ) async throws {
        let errors = try await Self.validate(channel)
        #expect(errors.contains("apim-backup.yaml:6:") && errors.contains(problem), "\(errors)")
        #expect(errors.contains(fix), "\(errors)")
    }

    @Test(arguments: [
        "type: command, command: [/bin/sh, -c, exit]", "type: command, command: [sh]",
        "type: email, endpoint: \"http://127.0.0.1:8080\", sender: a@b.c, recipients: [d@e.f]",
    ])
    func `are not named where they can be used`(_ channel: String) async throws {
        #expect(try await Self.validate(channel).isEmpty)
    }

    private static func validate(_ channel: String) async throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "channel-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "apim-backup.yaml")
        try Data("\(Self.head)    - {\(channel)}\n".utf8).write(to: file)
        let capture = Capture()
        _ = await capture.run(["config", "validate", "--settings", file.path], environment: ["PATH": "/usr/bin:/bin"])
        return capture.errors
    }
}
