import BackupDomain
import Foundation
import TestSupport
import Testing

@testable import Provisioning

@Suite("Looking for a backup that was made in Azure")
struct RemoteBackupSearchTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        /// Names and sizes of blobs, and how many seconds after the start they were written.
        var blobs: [(name: String, bytes: Int, after: Double)]
        var sees: RunOutcome
        var blob: String?

        private static let name = "apim-20261124T010000Z.apimbackup"

        static let all = [
            Case(testDescription: "that is there", blobs: [(name, 7, 600)], sees: .verified, blob: name),
            Case(
                testDescription: "that was written in the second of the start",
                blobs: [(name, 7, 0)],
                sees: .verified,
                blob: name
            ),
            Case(testDescription: "that is not there", blobs: [], sees: .failed),
            Case(testDescription: "that is empty", blobs: [(name, 0, 600)], sees: .failed),
            Case(testDescription: "where only an older one is there", blobs: [(name, 7, -600)], sees: .failed),
            Case(
                testDescription: "where only another instance has one",
                blobs: [("apim-eu-20261124T010000Z.apimbackup", 7, 600), ("apim-notes.txt", 7, 600)],
                sees: .failed
            ),
            Case(
                testDescription: "of which the newest counts",
                blobs: [("apim-20261124T010000Z-2.apimbackup", 8, 900), (name, 7, 600)],
                sees: .verified,
                blob: "apim-20261124T010000Z-2.apimbackup"
            ),
        ]
    }

    @Test(arguments: Case.all)
    func `believes the container only`(_ test: Case) async throws {
        let clock = ManualClock(sleeping: .advances)
        let storage = MemoryBlobStorage(clock: clock, pageSize: 1)
        try await storage.createContainer("backups")
        let start = RemoteStart(name: "run-1", at: clock.now.addingTimeInterval(3600))
        for blob in test.blobs.sorted(by: { $0.after < $1.after }) {
            let writtenAt = try #require(start.at).addingTimeInterval(blob.after)
            try await clock.sleep(for: .seconds(writtenAt.timeIntervalSince(clock.now)))
            _ = try await storage.write(
                Data(count: blob.bytes),
                to: blob.name,
                in: "backups",
                condition: .always,
                contentType: "application/octet-stream"
            )
        }
        let search = RemoteBackupSearch(blobs: storage, container: "backups", instance: "apim", template: .standard)
        let proof = try await search.look(since: start)
        #expect(proof.outcome == test.sees)
        #expect(proof.blob?.name == test.blob)
    }

    @Test func `says that nobody could look, where nobody can`() async throws {
        let clock = ManualClock(sleeping: .advances)
        let storage = ClosedBlobStorage(MemoryBlobStorage(clock: clock))
        storage.isClosed = true
        let search = RemoteBackupSearch(blobs: storage, container: "backups", instance: "apim", template: .standard)
        let proof = try await search.look(since: RemoteStart(name: "run-1", at: clock.now))
        #expect(proof.outcome == .unverified)
        #expect(proof.error?.code == .backupUnreadable)
        #expect(proof.error?.message.contains("The blob service cannot be reached.") == true)
    }
}
