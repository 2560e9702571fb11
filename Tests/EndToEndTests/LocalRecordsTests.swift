import BackupDomain
import BackupEngine
import Foundation
import LocalFiles
import TestSupport
import Testing

@Suite("Records on this machine")
struct LocalRecordsTests {
    @Test(
        arguments: [
            (["HOME": "/home/a"], "/home/a/.local/state/apim-backup/records/acme"),
            (["HOME": "/home/a", "XDG_STATE_HOME": "/var/lib/x"], "/var/lib/x/apim-backup/records/acme"),
            (["HOME": "/home/a", "XDG_STATE_HOME": "relative"], "/home/a/.local/state/apim-backup/records/acme"),
            (["HOME": "/home/a", "XDG_STATE_HOME": ""], "/home/a/.local/state/apim-backup/records/acme"),
            (["HOME": ""], nil), ([:], nil),
        ] as [([String: String], String?)]
    )
    func `lie where the specification says`(_ environment: [String: String], _ path: String?) {
        #expect(LocalRecords.standardFolder(of: "acme", environment: environment)?.path == path)
    }

    static func record() -> RunRecord { .sample(at: Date(timeIntervalSince1970: 1_795_482_000), outcome: nil) }

    @Test func `last where the folder can be written`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)/deep/down")
        defer {
            try? FileManager.default.removeItem(at: folder.deletingLastPathComponent().deletingLastPathComponent())
        }
        let record = Self.record()
        _ = try await LocalRecords(folder: folder, isRequired: false).create(record)
        let later = LocalRecords(folder: folder, isRequired: false)
        #expect(later.folder == folder.path)
        #expect(try await later.unfinishedRuns(of: record.instanceKey, at: record.nominalAt) == [record.run])
    }

    @Test func `are kept in memory where the standard folder cannot be written, and refused where a named one cannot`()
        async throws
    {
        let file = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data().write(to: file)
        let record = Self.record()
        let standard = LocalRecords(folder: file.appending(path: "x"), isRequired: false)
        let version = try await standard.create(record)
        #expect(standard.folder == nil)
        _ = try await standard.replace(record, version: version)
        #expect(try await standard.newestRuns(of: record.instanceKey, limit: 5) == [record.run])
        let named = LocalRecords(folder: file.appending(path: "x"), isRequired: true)
        await #expect(throws: BackupError(.fileProblem, "")) { try await named.create(record) }
        #expect(LocalRecords(folder: nil, isRequired: false).folder == nil)
    }
}
