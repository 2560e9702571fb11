import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("Whether the heartbeat's monitor hears, in the catalog")
struct HeartbeatRecordTests {
    @Test func `is written when it changes, and a clean year writes nothing`() async throws {
        let clock = ManualClock()
        let blobs = CountingBlobStorage(MemoryBlobStorage(clock: clock))
        let documents = CatalogDocuments(storage: blobs, container: "apim-backups-catalog")
        func health() async throws -> ChannelHealth? {
            try await documents.read(IncidentLedger.self, at: CatalogPath.incidents)?.document.channels["heartbeat"]
        }
        let record = HeartbeatRecord(clock: clock) { documents }
        for _ in 0..<365 { try await record.note(nil) }
        #expect(blobs.calls["write"] == nil)
        let began = clock.now
        for _ in 0..<3 {
            try await record.note(BackupError(.noticeNotDelivered, "It answered 404."))
            clock.advance(by: .seconds(86_400))
        }
        #expect(try await health()?.failingSince == began)
        #expect(try await health()?.error?.message == "It answered 404.")
        let warnings = ChannelWarnings(
            try #require(try await documents.read(IncidentLedger.self, at: CatalogPath.incidents)?.document),
            channels: ["heartbeat"]
        )
        #expect(
            warnings.lines == [
                "warning: The heartbeat's monitor has heard nothing since \(began.wholeSeconds.iso8601). It answered 404."
            ]
        )
        // Another process gives the next sign: what it does not know it reads.
        try await HeartbeatRecord(clock: clock) { documents }.note(nil)
        #expect(try await health()?.failingSince == nil)
        // The first one makes the container, is refused once before that, and the recovery is another.
        #expect(blobs.calls["write"] == 3, "\(blobs.calls)")
    }
}
