import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

struct DurabilityTests {
    /// Runs a test in a directory that is removed afterwards.
    func withDirectory(_ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "blobs-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await body(directory)
    }

    func journalSize(_ directory: String) throws -> Int {
        try Data(contentsOf: URL(filePath: "\(directory)/blobs.journal")).count
    }

    func files(_ directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(directory)/blob-content")
    }

    @Test
    func `everything answered is there after a restart`() async throws {
        try await self.withDirectory { directory in
            let first = try BlobFixture(directory: directory)
            let etag = try await first.put("a", "hello", ["x-ms-meta-k": "v", "x-ms-tags": "t=1"])
            try await first.put("b", "old")
            try await first.put("b", "new")
            try await first.put("gone")
            _ = await first.send(.delete, "/acme/vault/gone")
            _ = await first.send(.put, "/acme/vault/big?comp=block&blockid=AAAA", body: Data("staged".utf8))
            let lease = await first.send(
                .put,
                "/acme/vault/a?comp=lease",
                ["x-ms-lease-action": "acquire", "x-ms-lease-duration": "-1"]
            )
            let id = try #require(lease.headers["x-ms-lease-id"])
            try first.store.setCORSRules(
                [BlobCORSRule(allowedOrigins: "*", allowedMethods: "GET")],
                account: "acme"
            )

            let second = try BlobFixture(directory: directory)
            let get = await second.send(.get, "/acme/vault/a")
            #expect(get.text == "hello")
            #expect(get.headers[.eTag] == etag)
            #expect(get.headers["x-ms-meta-k"] == "v")
            #expect(get.headers["x-ms-tag-count"] == "1")
            #expect(await second.text("b") == "new")
            #expect(await second.send(.get, "/acme/vault/gone").outcome == "404 BlobNotFound")
            #expect(await second.send(.delete, "/acme/vault/a").outcome == "412 LeaseIdMissing")
            #expect(await second.send(.delete, "/acme/vault/a", ["x-ms-lease-id": id]).outcome == "202")
            #expect(second.store.corsRules(account: "acme").count == 1)
            let list = Data("<BlockList><Latest>AAAA</Latest></BlockList>".utf8)
            #expect(await second.send(.put, "/acme/vault/big?comp=blocklist", body: list).outcome == "201")
            #expect(await second.text("big") == "staged")
            #expect(try await second.put("b") > etag, "tags never go back")
        }
    }

    @Test
    func `versions, deleted blobs, protections and deleted containers are there after a restart`() async throws {
        try await self.withDirectory { directory in
            let first = try BlobFixture(directory: directory)
            try first.store.createContainer(
                account: "acme",
                container: "worm",
                immutability: ContainerImmutability(protectsVersions: true)
            )
            try first.store.createContainer(account: "acme", container: "gone")
            try first.store.keepDeleted(account: "acme", softDeleteDays: 7, isVersioned: false)
            try await first.put("deleted", "one")
            _ = await first.send(.delete, "/acme/vault/deleted")
            try first.store.keepDeleted(account: "acme", softDeleteDays: 7, isVersioned: true)
            try await first.put("versioned", "one")
            try await first.put("versioned", "two")
            let held = await first.send(
                .put,
                "/acme/worm/held",
                ["x-ms-blob-type": "BlockBlob", "x-ms-legal-hold": "true"],
                body: Data("x".utf8)
            )
            _ = await first.send(.delete, "/acme/worm/held")
            _ = await first.send(.delete, "/acme/gone?restype=container")

            // The second start reads what was appended, the third what the second wrote anew.
            for _ in 0..<2 {
                let next = try BlobFixture(directory: directory, journalAllowance: 10)
                #expect(await next.send(.put, "/acme/gone?restype=container").outcome == "409 ContainerBeingDeleted")
                let list = await next.send(.get, "/acme/vault?restype=container&comp=list&include=versions,deleted")
                #expect(list.values("Name") == ["deleted", "versioned", "versioned"])
                let version = try #require(held.headers["x-ms-version-id"])
                let kept = "/acme/worm/held?versionid=\(version)"
                #expect(await next.send(.get, kept).text == "x")
                #expect(await next.send(.delete, kept).outcome == "409 BlobImmutableDueToLegalHold")
                let size = try self.journalSize(directory)
                for _ in 0..<100 {
                    try next.store.keepDeleted(account: "acme", softDeleteDays: 7, isVersioned: true)
                }
                #expect(try self.journalSize(directory) < size + 10_000, "it was written anew")
            }
            let last = try BlobFixture(directory: directory)
            #expect(await last.send(.put, "/acme/vault/deleted?comp=undelete").outcome == "200")
            #expect(await last.text("deleted") == "one")
        }
    }

    @Test
    func `a journal from before containers told when their names are free is read`() async throws {
        try await self.withDirectory { directory in
            let journal = try Journal(directory: directory, name: "blobs")
            try journal.append(Data(#"[{"deleteContainer": {"account": "acme", "name": "old"}}]"#.utf8))
            let fixture = try BlobFixture(directory: directory)
            #expect(await fixture.send(.put, "/acme/old?restype=container").outcome == "201")
        }
    }

    @Test
    func `content that nothing names is dropped`() async throws {
        try await self.withDirectory { directory in
            let first = try BlobFixture(directory: directory)
            try await first.put("a", "one")
            try await first.put("a", "two")
            #expect(try self.files(directory).count == 1)
            try Data("torn".utf8).write(to: URL(filePath: "\(directory)/blob-content/777"))
            let second = try BlobFixture(directory: directory)
            #expect(try self.files(directory).count == 1)
            #expect(await second.text("a") == "two")
            try await second.put("b", "three")
            #expect(await second.text("a") == "two")
            #expect(await second.text("b") == "three")
        }
    }

    @Test
    func `a refused write leaves no content`() async throws {
        try await self.withDirectory { directory in
            let fixture = try BlobFixture(directory: directory)
            try await fixture.put("a")
            let refused = await fixture.send(
                .put,
                "/acme/vault/a",
                ["x-ms-blob-type": "BlockBlob", "If-None-Match": "*"],
                body: Data("x".utf8)
            )
            #expect(refused.outcome == "409 BlobAlreadyExists")
            #expect(try self.files(directory).count == 1)
        }
    }

    @Test
    func `the journal does not grow with what was overwritten`() async throws {
        try await self.withDirectory { directory in
            let store = try BlobStore(directory: directory, clock: SteppedClock(), journalAllowance: 20)
            try store.createContainer(account: "acme", container: "vault")
            for number in 0..<100 {
                try store.put(account: "acme", container: "vault", blob: "a", content: Data("\(number)".utf8))
            }
            let size = try Data(contentsOf: URL(filePath: "\(directory)/blobs.journal")).count
            #expect(size < 10_000)
            let second = try BlobFixture(directory: directory)
            #expect(await second.text("a") == "99")
            #expect(try self.files(directory).count == 1)
        }
    }
}
