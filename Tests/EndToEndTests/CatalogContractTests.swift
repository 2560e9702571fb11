import BackupDomain
import BackupEngine
import Foundation
import LocalFiles
import TestSupport
import Testing

@Suite("What every catalog keeps to", .timeLimit(.minutes(4)))
struct CatalogContractTests {
    @Test func `in memory`() async throws { try await Self.hold(MemoryCatalog()) }

    @Test func `in a folder`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "catalog-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await Self.hold(DirectoryCatalog(root: folder))
    }

    @Test(arguments: [1, 2, 5000])
    func `in a blob container, whatever the size of a page`(_ pageSize: Int) async throws {
        let blobs = MemoryBlobStorage(clock: ManualClock(), pageSize: pageSize)
        try await blobs.createContainer("catalog")
        try await Self.hold(BlobCatalog(storage: blobs, container: "catalog"))
    }

    @Test func `in the local Azure's blob storage, through sockets`() async throws {
        try await LocalAzure.with { azure in
            try await azure.withBlobs { blobs in
                try await blobs.createContainer("catalog")
                try await Self.hold(BlobCatalog(storage: blobs, container: "catalog"))
            }
        }
    }

    /// The contract: one writer wins, versions fence, ids list newest first over months and instances.
    private static func hold(_ catalog: any Catalog) async throws {
        #expect(try await catalog.instances().isEmpty)
        let months = (0..<14).map { Date(timeIntervalSince1970: 1_767_229_200 + Double($0) * 31 * 86_400) }
        var records: [RunRecord] = []
        for (index, date) in months.enumerated() {
            records.append(try Self.record("contoso-apim", date, "rg-\(index % 2)"))
        }
        for record in records.shuffled() { _ = try await catalog.create(record) }
        #expect(try await catalog.instances().count == 2)

        let key = records[0].instanceKey
        let expected = records.filter { $0.instanceKey == key }.map(\.run).sorted(by: >)
        #expect(try await catalog.newestRuns(of: key, limit: 100) == expected)
        #expect(try await catalog.newestRuns(of: key, limit: 3) == Array(expected.prefix(3)))

        await #expect(throws: BackupError(.recordExists, "")) { try await catalog.create(records[0]) }
        let (read, version) = try #require(try await catalog.record(records[0].run, of: key))
        #expect(read.nominalAt == records[0].nominalAt)
        var changed = read
        changed.warnings = ["first"]
        let newer = try await catalog.replace(changed, version: version)
        changed.warnings = ["second"]
        let stale = changed
        await #expect(throws: BackupError(.conflict, "")) { try await catalog.replace(stale, version: version) }
        _ = try await catalog.replace(changed, version: newer)
        #expect(try await catalog.record(records[0].run, of: key)?.record.warnings == ["second"])
        #expect(try await catalog.record(records[1].run, of: key) == nil)
        try await Self.holdUnfinished(catalog, records.filter { $0.instanceKey == key }.sorted { $0.run < $1.run })
    }

    /// Runs without an outcome are found, and no others; the record of one that has ended meanwhile wins.
    private static func holdUnfinished(_ catalog: any Catalog, _ records: [RunRecord]) async throws {
        let key = records[0].instanceKey
        let now = try #require(records.last).nominalAt + 3600
        #expect(try await catalog.unfinishedRuns(of: key, at: now) == records.map(\.run).reversed())
        for record in records {
            let found = try #require(try await catalog.record(record.run, of: key))
            try await catalog.summarize(found.record, at: now)
            guard record.run != records[0].run, record.run != records[3].run else { continue }
            var ended = found.record
            ended.state = .ended
            ended.outcome = .verified
            _ = try await catalog.replace(ended, version: found.version)
        }
        #expect(try await catalog.unfinishedRuns(of: key, at: now) == [records[3].run, records[0].run])
        let stranger = InstanceKey(.sample(named: "nobody"))
        #expect(try await catalog.unfinishedRuns(of: stranger, at: now).isEmpty)
        #expect(try await catalog.newestRuns(of: stranger, limit: 5).isEmpty)
        #expect(try await catalog.record(records[0].run, of: stranger) == nil)
    }

    @Test func `in a folder, one of many processes that create the same record wins`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "catalog-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let record = try Self.record("contoso-apim", Date(timeIntervalSince1970: 1_767_229_200), "rg")
        let wins = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 {
                group.addTask { (try? await DirectoryCatalog(root: folder).create(record)) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(wins == 1)
        let catalog = DirectoryCatalog(root: folder)
        let version = try #require(try await catalog.record(record.run, of: record.instanceKey)).version
        let changes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<16 {
                var changed = record
                changed.warnings = ["\(number)"]
                group.addTask { [changed] in
                    (try? await DirectoryCatalog(root: folder).replace(changed, version: version)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(changes == 1)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        #expect(!names.contains { $0.hasSuffix(".new") })
    }

    @Test func `in a folder that cannot be written, the error names the file and the way out`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "catalog-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data().write(to: file)
        let record = try Self.record("contoso-apim", Date(timeIntervalSince1970: 1_767_229_200), "rg")
        let error = await #expect(throws: BackupError.self) {
            try await DirectoryCatalog(root: file).create(record)
        }
        #expect(error?.code == .fileProblem)
        #expect(error?.message.contains(file.path) == true)
        #expect(error?.remedy?.contains("--records") == true)
    }

    private static func record(_ name: String, _ date: Date, _ group: String) throws -> RunRecord {
        let id = try #require(
            ResourceID("/subscriptions/s/resourceGroups/\(group)/providers/Microsoft.ApiManagement/service/\(name)")
        )
        let instance = Instance(
            id: id,
            location: "West Europe",
            tier: Tier("Developer"),
            units: 1,
            provisioningState: "Succeeded",
            identity: InstanceIdentity(),
            minimumAPIVersion: nil,
            document: .object(["name": .string(name)])
        )
        return RunRecord(
            run: RunID(instance: id, nominalAt: date),
            instance: RecordedInstance(instance),
            nominalAt: date,
            trigger: .manual,
            storage: RecordedStorage(
                account: "a",
                blobEndpoint: "https://a",
                container: "b",
                catalogContainer: "catalog"
            ),
            access: RecordedAccess(.systemAssignedManagedIdentity),
            azureAPIVersion: "2024-05-01",
            backupNameTemplate: BackupNameTemplate.standard.text,
            plannedAt: date,
            service: instance.document,
            program: "test"
        )
    }
}
