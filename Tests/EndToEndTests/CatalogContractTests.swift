import BackupDomain
import BackupEngine
import Foundation
import LocalFiles
import TestSupport
import Testing

@Suite("What every catalog keeps to", .timeLimit(.minutes(1)))
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
