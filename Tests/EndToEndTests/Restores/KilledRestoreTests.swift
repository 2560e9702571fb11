import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("A restore whose process is killed", .narrow, .timeLimit(.minutes(4)))
struct KilledRestoreTests {
    /// Where the process is killed: while its nth write of the record is held up, before or after that took effect.
    struct Kill: CustomTestStringConvertible, Sendable {
        var write: Int
        var isWritten: Bool
        var testDescription: String { "\(self.isWritten ? "after" : "before") write \(self.write)" }

        /// What the program has said when it comes to that write.
        var marker: String {
            switch self.write {
            case 1: "What a backup does not hold"
            case 2: "planned"
            case 3: "starting the restore"
            default: "accepted by Azure"
            }
        }

        static let all = (1...4).flatMap { write in [false, true].map { Self(write: write, isWritten: $0) } }
    }

    @Test(arguments: Kill.all)
    func `is taken up by resume, and never posted twice`(_ kill: Kill) async throws {
        let hold = kill.isWritten ? "answerDelaySeconds" : "delaySeconds"
        let faults = """
            [{"host": "blob", "method": "PUT", "path": "*/v1/restores/*", "skip": \(kill.write - 1), "\(hold)": 2}]
            """
        // A minute is two seconds: so long lives a dead process's lease.
        try await LocalAzure.with(
            world: #"{"timings": {"restoreSeconds": 60}}"#,
            faults: faults,
            virtualStart: LocalAzure.sharedStart,
            timeScale: 30
        ) { azure in
            #expect(await azure.backUp().code == 0)
            let command = RestoreTests.standby + ["--no-safety-backup", "--confirm", "contoso-standby"]
            let program = try ProgramProcess(azure, command)
            try await program.line(with: kill.marker)
            // Then the write is on its way, or will be soon: wherever the process is, nothing may be lost or done twice.
            try await RealClock().sleep(for: .milliseconds(kill.write == 4 ? 2500 : 700))
            await program.die()
            let resumed = await azure.run(["resume", "--format", "json"] + RestoreTests.account)
            let posted = try await RestoreTests.restores(azure).count
            // What had not been posted is not posted by resume: it ends as interrupted.
            let codes: Set<Int32> = posted == 0 ? [0, 5, 130] : [0, 5]
            #expect(codes.contains(resumed.code), "\(program.log)\n\(resumed.everything)")
            #expect(posted <= 1, "\(program.log)")
            let outcome = resumed.summary?["outcome"]?.string
            // Without a POST nothing was restored; with one that was answered, its end is known.
            if posted == 0 { #expect(outcome != "verified", "\(resumed.everything)") }
            if kill.write == 4 { #expect(posted == 1) }
            let again = await azure.run(["resume"] + RestoreTests.account)
            #expect(again.errors.contains("No run of any instance is under way"), "\(again.everything)")
            guard kill.write == 2 else { return }
            // The way is free for the next one.
            let next = await azure.run(command + ["--format", "json"])
            #expect(next.summary?["outcome"]?.string == "verified", "\(next.everything)")
            #expect(try await RestoreTests.restores(azure).count == posted + 1)
        }
    }
}
