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
        let error = await #expect(throws: BackupError(.fileProblem, "")) { try await named.create(record) }
        let reason = "cannot be written: a file stands where a folder is needed."
        #expect(error?.message.hasSuffix(reason) == true, "\(String(describing: error))")
        #expect(LocalRecords(folder: nil, isRequired: false).folder == nil)
    }

    @Test func `are set aside where they are damaged, with all their bytes, and are left alone where they are whole`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let records = LocalRecords(folder: folder, isRequired: true)
        let (record, key) = (Self.record(), Self.record().instanceKey)
        _ = try await records.create(record)
        #expect(try await records.setAside(record.run, of: key) == nil)
        let file = folder.appending(path: CatalogPath.record(record.run, of: key))
        for number in ["", "-2", "-3"] {
            let content = Data("{broken\(number)".utf8)
            try content.write(to: file)
            #expect(try await records.unfinishedRuns(of: key, at: record.nominalAt) == [record.run])
            let place = try #require(try await records.setAside(record.run, of: key))
            #expect(place == "\(file.path).damaged\(number)")
            #expect(try Data(contentsOf: URL(filePath: place)) == content)
            #expect(try await records.newestRuns(of: key, limit: 5).isEmpty)
        }
        _ = try await records.create(record)
    }

    @Test func `of a newer version are told by what they say of themselves`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let records = LocalRecords(folder: folder, isRequired: true)
        let (record, key) = (Self.record(), Self.record().instanceKey)
        _ = try await records.create(record)
        #expect(try await records.refused(record.run, of: key) == nil)
        let file = folder.appending(path: CatalogPath.record(record.run, of: key))
        for state in ["accepted", "ended"] {
            try Data(#"{"version": 9, "state": "\#(state)", "program": "apim-backup 2.0.0"}"#.utf8).write(to: file)
            let refused = try #require(try await records.refused(record.run, of: key))
            #expect(refused.release == "2.0.0")
            let open = try await records.unfinishedRuns(of: key, at: record.nominalAt)
            #expect(open == (state == "ended" ? [] : [record.run]))
            #expect(FileManager.default.fileExists(atPath: file.path))
        }
        await #expect(throws: BackupError(.recordTooNew, "")) { try await records.setAside(record.run, of: key) }
    }

    /// Whether what is in the record's place can be moved out of the way.
    private enum Damage: CaseIterable {
        case broken, tooLarge, folder

        func strike(_ file: URL) throws {
            try FileManager.default.removeItem(at: file)
            switch self {
            case .broken: try Data("{broken".utf8).write(to: file)
            case .tooLarge: try Data(repeating: 32, count: RecordCoding.cap + 1).write(to: file)
            case .folder: try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
            }
        }
    }

    @Test(arguments: Damage.allCases)
    private func `that are damaged keep no later run from its backup`(_ damage: Damage) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let options = ["--storage-account", "contosobackups", "--records", folder.path]
        try await LocalAzure.with(world: MainJobTests.operatorOnly) { azure in
            let first = await azure.run(["run", "contoso-apim", "--format", "json"] + options)
            #expect(first.code == 6, "\(first.everything)")
            let id = try #require(first.summary?["run"]?.string)
            let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            let path = try #require(paths.first { $0.hasSuffix("\(id).json") })
            let file = folder.appending(path: path)
            try damage.strike(file)
            let second = await azure.run(["run", "contoso-apim"] + options)
            #expect(second.code == 6, "\(second.everything)")
            #expect(second.errors.contains("A damaged record is passed over: \(file.path) cannot be read"))
            let place = "\(file.path).damaged"
            #expect(second.errors.contains("It is kept as \(place).") == (damage != .folder), "\(second.everything)")
            #expect(FileManager.default.fileExists(atPath: place) == (damage != .folder))
            for command in [["list"], ["status"], ["show", "contoso-apim"], ["resume"]] {
                let read = await azure.run(command + options)
                #expect(read.code == (command == ["status"] ? 1 : 0), "\(command): \(read.everything)")
            }
        }
    }
}
