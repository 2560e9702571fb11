import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("Who asks to stop", .timeLimit(.minutes(2)))
struct StoppingTests {
    struct Example: CustomTestStringConvertible {
        var testDescription: String
        var fault: String
        /// What was asked when the signal comes.
        var path: String
        var says: String
        /// What the person is told of Azure.
        var isPosted = false
    }

    static let examples = [
        Example(
            testDescription: "while the account is away before the POST",
            fault: #""host": "blob", "method": "HEAD", "status": 503, "headers": {"Retry-After": "100"}"#,
            path: "apim-backups",
            says: "nothing goes on in azure"
        ),
        Example(
            testDescription: "while the look at the name hangs",
            fault: #""host": "blob", "method": "HEAD", "path": "*.apimbackup", "delaySeconds": 45"#,
            path: ".apimbackup",
            says: "nothing goes on in azure"
        ),
        Example(
            testDescription: "while a poll hangs",
            fault: #""path": "*/operationresults/*", "delaySeconds": 45"#,
            path: "/backup?",
            says: "of contoso-apim goes on in azure",
            isPosted: true
        ),
    ]

    @Test(arguments: Self.examples)
    func `is heard at once, and learns whether the backup goes on`(_ example: Example) async throws {
        try await LocalAzure.with(faults: "[{\(example.fault), \"always\": true}]") { azure in
            let stop = StopSignal()
            let clock = RealClock()
            async let run = azure.run(["run", "contoso-apim", "--storage-account", "contosobackups"], stop: stop)
            if example.isPosted {
                try await azure.untilAccepted()
            } else {
                // The journal has a call when it is answered: what hangs is told by what came before.
                let earlier = example.fault.contains("503") ? example.path : "apim-backups-catalog"
                try await azure.until {
                    try await azure.requests().contains { $0["path"]?.string?.contains(earlier) == true }
                }
            }
            let began = clock.uptime
            stop.raise()
            let end = await run
            #expect(clock.uptime - began < .seconds(15), "\(end.everything)")
            #expect(end.code == 130, "\(end.everything)")
            #expect(end.errors.contains("Stopping."), "\(end.everything)")
            #expect(end.everything.lowercased().contains(example.says), "\(end.everything)")
        }
    }

    @Test(arguments: [["contoso-apim"], ["contoso-apim", "contoso-standby"]])
    func `is told in JSON which backup goes on`(_ instances: [String]) async throws {
        try await LocalAzure.with(world: LocalAzure.held) { azure in
            let stop = StopSignal()
            let words = ["run"] + instances + ["--storage-account", "contosobackups", "--format", "json"]
            async let run = azure.run(words, stop: stop)
            try await azure.untilAccepted(instances.count)
            stop.raise()
            let end = await run
            #expect(end.code == 130, "\(end.everything)")
            let summaries = end.lines.filter { $0["type"]?.string == "summary" }
            #expect(summaries.count == instances.count, "\(end.everything)")
            for summary in summaries {
                let instance = try #require(summary["instance"]?.string)
                #expect(summary["backup"]?["name"]?.string?.hasPrefix("\(instance)-") == true, "\(end.everything)")
                #expect(summary["backup"]?["container"]?.string == "apim-backups")
                #expect(end.errors.contains("The backup of \(instance) goes on in Azure"), "\(end.everything)")
            }
        }
    }

    @Test func `is told how to go on, with all that was typed`() async throws {
        try await LocalAzure.with(world: MainJobTests.operatorOnly) { azure in
            let folder = FileManager.default.temporaryDirectory.appending(path: "records \(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let run = await azure.run(
                "run",
                "contoso-apim",
                "--storage-account",
                "contosobackups",
                "--records",
                folder.path,
                "--no-wait"
            )
            #expect(run.code == 0, "\(run.everything)")
            #expect(
                run.errors.contains(
                    "To follow it: apim-backup run contoso-apim --storage-account contosobackups --records '\(folder.path)'"
                ),
                "\(run.everything)"
            )
        }
    }
}
