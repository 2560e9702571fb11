import BackupDomain
import Foundation
import TestSupport
import Testing

@testable import BackupEngine
@testable import Commands

@Suite("What status says of the newest backup")
struct StatusPrinterTests {
    static let night = Date(timeIntervalSince1970: 1_795_482_000)

    enum Fate: CaseIterable { case lies, gone, hidden }

    @Test(arguments: Fate.allCases)
    func `is whether it lies there as it was recorded, and that nobody could look`(_ fate: Fate) async throws {
        let clock = ManualClock(now: Self.night + 3600)
        let blobs = MemoryBlobStorage(clock: clock)
        for name in ["apim-backups", "records"] { try await blobs.createContainer(name) }
        var record = RunRecord.sample(at: Self.night)
        if fate == .lies { record = try await record.lying(in: blobs) }
        _ = try await BlobCatalog(storage: blobs, container: "records").create(record)
        let seen = ClosedBlobStorage(blobs, hiding: fate == .hidden ? "apim-backups" : nil)
        let lines = try await StatusReader(
            blobs: seen,
            catalogContainer: "records",
            container: "apim-backups",
            clock: clock
        ).lines(
            of: nil,
            standard: ProtectionStatus.Expectation(),
            at: Self.night + 3600
        )
        let capture = Capture()
        StatusPrinter(terminal: capture.terminal(), now: Self.night + 3600).printDocument(lines)
        lines.noteUnseenBackups(in: "contosobackups/apim-backups", capture.terminal())
        switch fate {
        case .lies: #expect(capture.output.contains("\"backupIntact\" : true"), "\(capture.output)")
        case .gone: #expect(capture.output.contains("\"backupIntact\" : false"), "\(capture.output)")
        case .hidden: #expect(!capture.output.contains("backupIntact"), "\(capture.output)")
        }
        #expect(lines.map(\.status.verdict) == [fate == .gone ? .unprotected : .protected])
        let note = "Whether the newest backups still lie in contosobackups/apim-backups could not be looked at: "
        #expect(capture.errors.hasPrefix(note) == (fate == .hidden), "\(capture.errors)")
        #expect(capture.errors.isEmpty == (fate != .hidden))
    }
}
