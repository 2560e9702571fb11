import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

/// Earlier versions of blobs, in an account that keeps them.
struct VersionTests {
    static let list = "/acme/vault?restype=container&comp=list"

    func fixture(
        _ change: (inout BlobAccountProperties) -> Void = { _ in }
    ) throws -> BlobFixture {
        let fixture = try BlobFixture(change)
        try fixture.store.keepDeleted(account: "acme", softDeleteDays: nil, isVersioned: true)
        return fixture
    }

    func version(_ response: EmulatedResponse) throws -> String { try #require(response.headers["x-ms-version-id"]) }

    @Test
    func `each write makes a version, and earlier ones can be read`() async throws {
        let fixture = try self.fixture()
        try await fixture.put("a", "one")
        let first = try self.version(await fixture.send(.head, "/acme/vault/a"))
        #expect(first.wholeMatch(of: /2026-11-24T01:00:00\.\d{7}Z/) != nil, "\(first)")
        fixture.clock.advance(seconds: 1)
        try await fixture.put("a", "two")
        let metadata = await fixture.send(.put, "/acme/vault/a?comp=metadata", ["x-ms-meta-k": "v"])
        let now = await fixture.send(.head, "/acme/vault/a")
        #expect(try self.version(metadata) == self.version(now))
        #expect(now.headers["x-ms-is-current-version"] == "true")
        let earlier = await fixture.send(.get, "/acme/vault/a?versionid=\(first)")
        #expect(earlier.text == "one")
        #expect(earlier.headers["x-ms-is-current-version"] == nil)
        #expect(await fixture.send(.get, "/acme/vault/a?versionid=none").outcome == "404 BlobNotFound")
        let listed = await fixture.send(.get, "\(Self.list)&include=versions,metadata")
        #expect(listed.values("VersionId").count == 3)
        #expect(listed.values("VersionId") == listed.values("VersionId").sorted())
        #expect(listed.values("IsCurrentVersion") == ["true"])
        #expect(listed.values("k") == ["v"])
        #expect(await fixture.send(.get, Self.list).values("Name") == ["a"])
    }

    @Test
    func `a deleted blob stays as an earlier version until that is deleted`() async throws {
        let fixture = try self.fixture()
        try await fixture.put("a", "one")
        let current = try self.version(await fixture.send(.head, "/acme/vault/a"))
        let address = "/acme/vault/a?versionid=\(current)"
        #expect(await fixture.send(.delete, address).outcome == "403 OperationNotAllowedOnRootBlob")
        #expect(await fixture.send(.delete, "/acme/vault/a").outcome == "202")
        #expect(await fixture.send(.head, "/acme/vault/a").outcome == "404 BlobNotFound")
        #expect(await fixture.send(.get, address).text == "one")
        #expect(await fixture.send(.get, Self.list).values("Name").isEmpty)
        #expect(await fixture.send(.get, "\(Self.list)&include=versions").values("Name") == ["a"])
        #expect(await fixture.send(.delete, address, token: "reader").outcome == "403 AuthorizationPermissionMismatch")
        let gone = await fixture.send(.delete, address)
        #expect(gone.headers["x-ms-delete-type-permanent"] == "true")
        #expect(await fixture.send(.get, address).outcome == "404 BlobNotFound")
        #expect(await fixture.send(.get, "\(Self.list)&include=versions").values("Name").isEmpty)
    }

    static let answers: [(BlobAnswers.DeletionOfVersioned, String?)] = [
        (.recoverable, "false"), (.permanent, "true"), (.unsaid, nil),
    ]

    @Test(arguments: answers)
    func `what its deletion says is as assumed`(
        _ answer: BlobAnswers.DeletionOfVersioned,
        _ says: String?
    ) async throws {
        let fixture = try self.fixture { $0.answers.deletionOfVersioned = answer }
        try await fixture.put("a")
        #expect(await fixture.send(.delete, "/acme/vault/a").headers["x-ms-delete-type-permanent"] == says)
    }

    @Test
    func `blocks of an earlier version stay when the new one keeps some of them`() async throws {
        let fixture = try self.fixture()
        for id in ["AAAA", "BBBB"] {
            _ = await fixture.send(.put, "/acme/vault/a?comp=block&blockid=\(id)", body: Data(id.utf8))
        }
        let both = Data("<BlockList><Latest>AAAA</Latest><Latest>BBBB</Latest></BlockList>".utf8)
        let first = try self.version(await fixture.send(.put, "/acme/vault/a?comp=blocklist", body: both))
        let one = Data("<BlockList><Latest>BBBB</Latest></BlockList>".utf8)
        let second = try self.version(await fixture.send(.put, "/acme/vault/a?comp=blocklist", body: one))
        #expect(await fixture.text("a") == "BBBB")
        #expect(await fixture.send(.get, "/acme/vault/a?versionid=\(first)").text == "AAAABBBB")
        _ = await fixture.send(.delete, "/acme/vault/a?versionid=\(first)")
        #expect(await fixture.send(.get, "/acme/vault/a?versionid=\(second)").text == "BBBB")
    }

    @Test
    func `what was written before versions were kept becomes one when it is written over`() async throws {
        let fixture = try BlobFixture()
        try await fixture.put("a", "old")
        #expect(await fixture.send(.head, "/acme/vault/a").headers["x-ms-version-id"] == nil)
        try fixture.store.keepDeleted(account: "acme", softDeleteDays: nil, isVersioned: true)
        try await fixture.put("a", "new")
        let versions = await fixture.send(.get, "\(Self.list)&include=versions").values("VersionId")
        try #require(versions.count == 2)
        #expect(await fixture.send(.get, "/acme/vault/a?versionid=\(versions[0])").text == "old")
    }
}
