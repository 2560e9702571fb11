import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

struct ConditionTests {
    struct Case: CustomTestStringConvertible, Sendable {
        /// What the header says of the blob; `ETAG` stands for its tag.
        var header: String
        var value: String
        var read = "200"
        var write = "200"
        var put = "201"
        var putNew = "201"

        var testDescription: String { "\(self.header): \(self.value)" }
    }

    static let past = "Mon, 23 Nov 2026 01:00:00 GMT"
    static let present = "Tue, 24 Nov 2026 01:00:00 GMT"
    static let future = "Wed, 25 Nov 2026 01:00:00 GMT"
    static let failed = "412 ConditionNotMet"
    static let same = "304 ConditionNotMet"

    static let cases = [
        Case(header: "If-Match", value: "ETAG", putNew: failed),
        Case(header: "If-Match", value: "*", putNew: failed),
        Case(header: "If-Match", value: "\"0x1\"", read: failed, write: failed, put: failed, putNew: failed),
        Case(header: "If-Match", value: "\"0x1\", ETAG", putNew: failed),
        Case(header: "If-None-Match", value: "ETAG", read: same, write: failed, put: failed),
        Case(header: "If-None-Match", value: "*", read: same, write: failed, put: "409 BlobAlreadyExists"),
        Case(header: "If-None-Match", value: "\"0x1\""),
        Case(header: "If-Modified-Since", value: past),
        Case(header: "If-Modified-Since", value: present, read: same, write: failed, put: failed),
        Case(header: "If-Modified-Since", value: future, read: same, write: failed, put: failed),
        Case(header: "If-Unmodified-Since", value: past, read: failed, write: failed, put: failed),
        Case(header: "If-Unmodified-Since", value: present),
        Case(header: "If-Unmodified-Since", value: future),
        Case(
            header: "If-Modified-Since",
            value: "yesterday",
            read: "400 InvalidHeaderValue",
            write: "400 InvalidHeaderValue",
            put: "400 InvalidHeaderValue",
            putNew: "400 InvalidHeaderValue"
        ),
    ]

    @Test(arguments: cases)
    func decides(_ test: Case) async throws {
        let fixture = try BlobFixture()
        let etag = try await fixture.put("old")
        let value = test.value.replacing("ETAG", with: etag)
        #expect(await fixture.send(.get, "/acme/vault/old", [test.header: value]).outcome == test.read)
        #expect(await fixture.send(.head, "/acme/vault/old", [test.header: value]).outcome == test.read)
        let write = await fixture.send(
            .put,
            "/acme/vault/old?comp=metadata",
            [test.header: value, "x-ms-meta-a": "1"]
        )
        #expect(write.outcome == test.write)

        let second = try await fixture.put("old")
        let own = test.value.replacing("ETAG", with: second)
        let put = await fixture.send(.put, "/acme/vault/old", ["x-ms-blob-type": "BlockBlob", test.header: own])
        #expect(put.outcome == test.put)
        let fresh = await fixture.send(.put, "/acme/vault/new", ["x-ms-blob-type": "BlockBlob", test.header: own])
        #expect(fresh.outcome == test.putNew)
    }

    @Test
    func `a missing blob is missing before it is anything else`() async throws {
        let fixture = try BlobFixture()
        #expect(await fixture.send(.get, "/acme/vault/no", ["If-Match": "*"]).outcome == "404 BlobNotFound")
        #expect(await fixture.send(.delete, "/acme/vault/no", ["If-Match": "*"]).outcome == "404 BlobNotFound")
        #expect(await fixture.send(.get, "/acme/other/no").outcome == "404 ContainerNotFound")
    }

    @Test
    func `no two writes of one instant share a tag`() async throws {
        let fixture = try BlobFixture()
        var tags: Set<String> = []
        for _ in 0..<100 { tags.insert(try await fixture.put("same")) }
        #expect(tags.count == 100)
    }

    @Test
    func `an overwrite between two reads of a range is noticed`() async throws {
        let fixture = try BlobFixture()
        let etag = try await fixture.put("a", "0123456789")
        try await fixture.put("a", "abcdefghij")
        let second = await fixture.send(.get, "/acme/vault/a", ["x-ms-range": "bytes=5-9", "If-Match": etag])
        #expect(second.outcome == "412 ConditionNotMet")
    }
}
