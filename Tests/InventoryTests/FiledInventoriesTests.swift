import BackupDomain
import Foundation
import TestSupport
import Testing

@testable import Inventory

@Suite("Inventories that are filed")
struct FiledInventoriesTests {
    private static let night = Date(timeIntervalSince1970: 1_795_482_000)
    private static let container = "apim-backups-catalog"

    private static func instance() throws -> Instance {
        Instance(
            id: try #require(ScriptedContents.instance),
            location: "West Europe",
            tier: Tier("Developer"),
            units: 1,
            provisioningState: "Succeeded",
            identity: InstanceIdentity(systemPrincipalID: nil),
            minimumAPIVersion: nil,
            document: .object([:])
        )
    }

    private static func take(
        _ apis: [String],
        in blobs: MemoryBlobStorage,
        after previous: String?
    ) async throws -> RecordedInventory {
        let source = FiledInventories(
            gatherer: InventoryGatherer(plane: ScriptedContents(["apis": [.success(ScriptedContents.page(apis))]])),
            store: InventoryStore(storage: blobs, container: Self.container),
            level: .names,
            clock: ManualClock(now: Self.night)
        ) { _ in previous.map { FiledInventories.Previous(digest: $0, at: Self.night - 86_400) } }
        return await source.take(of: try Self.instance())
    }

    @Test func `say what changed since the one before, and lie there once for each content`() async throws {
        let blobs = MemoryBlobStorage(clock: ManualClock(now: Self.night))
        try await blobs.createContainer(Self.container)
        let first = try await Self.take(["a", "b"], in: blobs, after: nil)
        #expect(first.error == nil)
        #expect(first.changes == nil)
        #expect(first.things == 2)
        let same = try await Self.take(["a", "b"], in: blobs, after: first.digest)
        #expect(same.digest == first.digest)
        #expect(same.changes == InventoryChanges(since: Self.night - 86_400, added: 0, removed: 0, changed: 0))
        let other = try await Self.take(["b", "c", "d"], in: blobs, after: first.digest)
        #expect(other.changes == InventoryChanges(since: Self.night - 86_400, added: 2, removed: 1, changed: 0))
        let page = try await blobs.list(Self.container, prefix: "v1/inventories/", delimiter: nil, marker: nil)
        #expect(page.blobs.count == 2)
    }

    @Test func `are taken all the same where the one before is gone`() async throws {
        let blobs = MemoryBlobStorage(clock: ManualClock(now: Self.night))
        try await blobs.createContainer(Self.container)
        let taken = try await Self.take(["a"], in: blobs, after: "gone")
        #expect(taken.error == nil)
        #expect(taken.digest != nil)
        #expect(taken.changes == nil)
    }

    @Test func `damage and newer versions are told apart`() async throws {
        let blobs = MemoryBlobStorage(clock: ManualClock(now: Self.night))
        try await blobs.createContainer(Self.container)
        let store = InventoryStore(storage: blobs, container: Self.container)
        func file(_ text: String, as digest: String? = nil) async throws -> String {
            let name = digest ?? ContentDigest.of(Data(text.utf8))
            _ = try await blobs.write(
                Gzip.compressed(Data(text.utf8)),
                to: InventoryStore.path(of: name),
                in: Self.container,
                condition: .always,
                contentType: "application/gzip"
            )
            return name
        }
        let newer = try await file(#"{"version": 9, "things": []}"#)
        await #expect(throws: BackupError(.recordTooNew, "")) { try await store.inventory(newer) }
        let other = try await file(#"{"version": 1}"#, as: String(repeating: "0", count: 64))
        await #expect(throws: BackupError(.recordUnreadable, "")) { try await store.inventory(other) }
        await #expect(throws: BackupError(.notFound, "")) { try await store.inventory("missing") }
        let grown = try await file(
            #"{"version":1,"level":"names","tier":"Developer","items":[{"path":"apis/a","new":1}],"gaps":[{"list":"x","reason":"unheard"}],"more":{}}"#
        )
        let read = try await store.inventory(grown)
        #expect(read.items.map(\.path) == ["apis/a"])
        #expect(read.gaps.map(\.reason) == [.other])
    }
}
