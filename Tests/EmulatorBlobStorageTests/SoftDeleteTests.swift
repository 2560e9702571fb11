import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

/// What becomes of blobs that are deleted.
struct SoftDeleteTests {
    static let list = "/acme/vault?restype=container&comp=list"

    func fixture(days: Int?) throws -> BlobFixture {
        let fixture = try BlobFixture()
        try fixture.store.keepDeleted(account: "acme", softDeleteDays: days, isVersioned: false)
        return fixture
    }

    @Test(arguments: [(Int?.none, "true"), (7, "false")])
    func `a deletion says whether the bytes are gone for good`(days: Int?, isPermanent: String) async throws {
        let fixture = try self.fixture(days: days)
        try await fixture.put("a")
        let deleted = await fixture.send(.delete, "/acme/vault/a")
        #expect(deleted.outcome == "202")
        #expect(deleted.headers["x-ms-delete-type-permanent"] == isPermanent)
        #expect(await fixture.send(.head, "/acme/vault/a").outcome == "404 BlobNotFound")
        #expect(await fixture.send(.delete, "/acme/vault/a").outcome == "404 BlobNotFound")
    }

    @Test
    func `the policy is shown and can be changed by the service's settings`() async throws {
        let fixture = try self.fixture(days: 3)
        let address = "/acme/?restype=service&comp=properties"
        let read = await fixture.send(.get, address)
        #expect(read.values("DeleteRetentionPolicy") == ["<Enabled>true</Enabled><Days>3</Days>"])
        let off = """
            <StorageServiceProperties><DeleteRetentionPolicy><Enabled>false</Enabled></DeleteRetentionPolicy>\
            </StorageServiceProperties>
            """
        #expect(await fixture.send(.put, address, body: Data(off.utf8)).outcome == "202")
        try await fixture.put("a")
        #expect(await fixture.send(.delete, "/acme/vault/a").headers["x-ms-delete-type-permanent"] == "true")
    }

    @Test
    func `a deleted blob is listed when it is asked for, and comes back as it was`() async throws {
        let fixture = try self.fixture(days: 7)
        let etag = try await fixture.put("a", "hello", ["x-ms-meta-k": "v"])
        _ = await fixture.send(.delete, "/acme/vault/a")
        #expect(await fixture.send(.get, Self.list).values("Name").isEmpty)
        fixture.clock.advance(seconds: 86_400)
        let listed = await fixture.send(.get, "\(Self.list)&include=deleted")
        #expect(listed.values("Name") == ["a"])
        #expect(listed.values("Deleted") == ["true"])
        #expect(listed.values("DeletedTime") == ["Tue, 24 Nov 2026 01:00:00 GMT"])
        #expect(listed.values("RemainingRetentionDays") == ["6"])
        #expect(await fixture.send(.put, "/acme/vault/a?comp=undelete").outcome == "200")
        let back = await fixture.send(.get, "/acme/vault/a")
        #expect(back.text == "hello")
        #expect(back.headers[.eTag] == etag)
        #expect(back.headers["x-ms-meta-k"] == "v")
        #expect(await fixture.send(.get, "\(Self.list)&include=deleted").values("Deleted").isEmpty)
        #expect(await fixture.send(.put, "/acme/vault/a?comp=undelete").outcome == "200", "nothing to do")
    }

    @Test
    func `after its days a deleted blob is gone, and so it is once its name is taken`() async throws {
        let fixture = try self.fixture(days: 7)
        for name in ["a", "b"] {
            try await fixture.put(name, "old")
            _ = await fixture.send(.delete, "/acme/vault/\(name)")
        }
        try await fixture.put("b", "new")
        _ = await fixture.send(.put, "/acme/vault/b?comp=undelete")
        #expect(await fixture.text("b") == "new")
        fixture.clock.advance(seconds: 7 * 86_400)
        #expect(await fixture.send(.get, "\(Self.list)&include=deleted").values("Name") == ["b"])
        #expect(await fixture.send(.put, "/acme/vault/a?comp=undelete").outcome == "404 BlobNotFound")
    }
}
