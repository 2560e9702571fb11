import BackupDomain
import Foundation
import Testing

@Suite("The log of run --due, through sockets", .timeLimit(.minutes(2)))
struct LogTests {
    /// Secrets that are planted wherever one could get into a line.
    static let planted = ["planted-storage-key", "planted-webhook-path", "planted-client-secret"]

    @Test func `is one JSON line an event, with the run's id and Azure's request ids, and without secrets`()
        async throws
    {
        // Azure's refusal quotes what looks like a key.
        let key = String(repeating: "A", count: 86) + "=="
        let faults = """
            [{"method": "POST", "path": "*/fabrikam-apim/backup", "always": true, "status": 400, "code": "BadRequest",
              "message": "The key \(key) is wrong; AccountKey=\(key)"}]
            """
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                receiver.answer(404)
                _ = try folder.write("\(receiver.origin)/\(Self.planted[1])", to: "hook-url")
                let path = try folder.write(
                    """
                    version: 1
                    storage: {account: contosobackups}
                    schedule: {every: \(DueTests.interval.option)}
                    notifications:
                      heartbeat: {urlFile: hook-url}
                      channels: [{type: slack, urlFile: hook-url}]
                    log: {level: trace}
                    instances: [contoso-apim, fabrikam-apim, nobody]
                    """
                )
                try await LocalAzure.with(faults: faults) { azure in
                    var azure = azure
                    azure.environment["APIM_BACKUP_ACCESS_KEY"] = Self.planted[0]
                    let due = await azure.run("run", "--all", "--due", "--settings", path, "--log-format", "json")
                    #expect(due.code == 3, "\(due.everything)")
                    let lines = due.errors.split(separator: "\n")
                    let events = lines.compactMap { line in
                        try? JSONDecoder.stable().decode(JSONValue.self, from: Data(line.utf8))
                    }
                    #expect(events.count == lines.count && !events.isEmpty, "\(due.errors)")
                    func named(_ message: String) -> [JSONValue] { events.filter { $0["message"]?.string == message } }
                    let ends = named("run ended")
                    #expect(ends.count == 2 && ends.count { $0["outcome"]?.string == "verified" } == 1, "\(due.errors)")
                    #expect(ends.allSatisfy { $0["run.id"] != nil })
                    #expect(named("run goes on").contains { $0["azure.requestID"] != nil })
                    #expect(ends.contains { $0["error.code"] != nil && $0["azure.status"]?.string == "400" }, "\(ends)")
                    #expect(named("nothing could be done").map { $0["instance"]?.string } == ["nobody"])
                    #expect(!named("notice not delivered, it is tried again").isEmpty)
                    #expect(!named("heartbeat not delivered").isEmpty)
                    for secret in Self.planted + [key] { #expect(!due.everything.contains(secret)) }
                    // Whatever the line is of that goes on within a run, it has the run's id.
                    for message in ["run begins", "run goes on", "run ended"] {
                        #expect(named(message).allSatisfy { $0["run.id"]?.string != nil }, "\(message)")
                    }
                }
            }
        }
    }

    @Test func `is text where that is asked for, and results stay on standard output`() async throws {
        try await LocalAzure.with { azure in
            let due = await azure.run(
                "run",
                "contoso-apim",
                "--due",
                "--storage-account",
                "contosobackups",
                "--every",
                DueTests.interval.option,
                "--log-format",
                "text",
                "--format",
                "json"
            )
            #expect(due.code == 0, "\(due.everything)")
            #expect(due.summary?["outcome"]?.string == "verified")
            #expect(due.errors.contains(/T[0-9:.]+Z INFO     run ended .*outcome=verified/), "\(due.errors)")
            #expect(due.errors.split(separator: "\n").allSatisfy { $0.contains(" INFO ") }, "\(due.errors)")
        }
    }
}
