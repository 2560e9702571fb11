import BackupDomain
import Foundation
import Testing

@Suite("Whatever Azure answers while an instance is busy", .tags(.assumption), .narrow, .timeLimit(.minutes(5)))
struct BusyInstanceTests {
    @Test(arguments: Ledger.answers(to: "backup-while-busy"), Ledger.answers(to: "state-during-backup"))
    func `a backup beside another one is its own or none`(_ whileBusy: String, _ state: String) async throws {
        try await LocalAzure.with(world: LocalAzure.held, assuming: [whileBusy, state]) { azure in
            let first = await azure.backUp("contoso-apim", "--no-wait")
            #expect(first.code == 0, "\(first.everything)")
            // Another catalog knows neither the first run's lock nor its record: only Azure can tell.
            let another: @Sendable () async -> LocalAzure.Invocation = {
                await azure.backUp(
                    "contoso-apim",
                    "--catalog-container",
                    "other-catalog",
                    "--backup-name",
                    "{instance}-{time}-second.apimbackup"
                )
            }
            let isRefused =
                state == "state-during-backup=updating"
                || ["backup-while-busy=conflict", "backup-while-busy=other-conflict"].contains(whileBusy)
            let second = isRefused ? await another() : try await azure.endingBackupsOnceFollowed(another)
            try await azure.expectSafe(second)
            switch whileBusy {
            case _ where isRefused:
                #expect(second.summary?["outcome"]?.string == "busy", "\(second.everything)")
                #expect(second.code == 75)
            case "backup-while-busy=accepted":
                #expect(second.summary?["outcome"]?.string == "verified", "\(second.everything)")
            default:
                // Repeated after 429, it comes after the first one, or gives up.
                #expect(["verified", "refused"].contains(second.summary?["outcome"]?.string), "\(second.everything)")
            }
            let followed = try await azure.endingBackupsOnceFollowed { await azure.backUp() }
            // Where the first one ended while the second one was waited for, it is written up, and another one is made.
            let isOver = second.summary?["outcome"]?.string == "verified"
            #expect((followed.summary?["run"] == first.summary?["run"]) != isOver, "\(followed.everything)")
            #expect(followed.summary?["outcome"]?.string == "verified", "\(followed.everything)")
            let run = try #require(first.summary?["run"]?.string)
            let show = await azure.run("show", run, "--storage-account", "contosobackups", "--format", "json")
            #expect(show.document?["outcome"]?.string == "verified", "\(show.everything)")
            try await azure.expectSafe(followed)
        }
    }

    @Test(arguments: Ledger.answers(to: "state-during-backup"))
    func `a backup whose acceptance was lost is found, and not made again`(_ state: String) async throws {
        try await LocalAzure.with(
            assuming: [state],
            faults: #"[{"method": "POST", "path": "*/backup", "loseAnswer": true}]"#
        ) { azure in
            let run = await azure.backUp()
            // Where the instance never looks busy, five idle minutes say that nothing came of it; then Azure's 409 says
            // that something may have.
            #expect(run.summary?["outcome"]?.string == "verified", "\(run.everything)")
            let backup = try #require(run.summary?["backup"]?["name"]?.string)
            #expect(!backup.contains("-2."), "\(backup)")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }
}
