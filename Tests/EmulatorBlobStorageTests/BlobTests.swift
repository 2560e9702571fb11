import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

struct BlobTests {
    @Test
    func `a blob comes back as it was put`() async throws {
        let fixture = try BlobFixture()
        let put = await fixture.send(
            .put,
            "/acme/vault/dir/a%20b%3A1.txt",
            [
                "x-ms-blob-type": "BlockBlob", "x-ms-blob-content-type": "text/plain", "x-ms-meta-Owner": "me",
                "x-ms-blob-cache-control": "no-store", "x-ms-client-request-id": "abc",
                "Content-MD5": "XUFAKrxLKna5cZ2REBfFkg==",
            ],
            body: Data("hello".utf8)
        )
        #expect(put.outcome == "201")
        #expect(put.headers["content-md5"] == "XUFAKrxLKna5cZ2REBfFkg==")
        #expect(put.headers["x-ms-request-server-encrypted"] == "true")
        #expect(put.headers["x-ms-client-request-id"] == "abc")
        #expect(put.headers["x-ms-version"] == "2026-04-06")

        let get = await fixture.send(.get, "/acme/vault/dir/a b:1.txt".replacing(" ", with: "%20"))
        #expect(get.outcome == "200")
        #expect(get.text == "hello")
        #expect(get.headers[.eTag] == put.headers[.eTag])
        #expect(get.headers[.lastModified] == "Tue, 24 Nov 2026 01:00:00 GMT")
        #expect(get.headers[.contentType] == "text/plain")
        #expect(get.headers[.cacheControl] == "no-store")
        #expect(get.headers["x-ms-meta-owner"] == "me")
        #expect(get.headers["x-ms-creation-time"] == "Tue, 24 Nov 2026 01:00:00 GMT")
        #expect(get.headers["x-ms-lease-state"] == "available")
        #expect(get.headers["x-ms-lease-status"] == "unlocked")
        #expect(get.headers["x-ms-blob-type"] == "BlockBlob")
        #expect(get.headers["x-ms-server-encrypted"] == "true")
        #expect(get.headers["accept-ranges"] == "bytes")

        let head = await fixture.send(.head, "/acme/vault/dir/a%20b%3a1.txt")
        #expect(head.outcome == "200")
        #expect(head.body.isEmpty)
        #expect(head.headers[.contentLength] == "5")
        #expect(head.headers["x-ms-access-tier"] == "Hot")
    }

    @Test
    func `what lies in the tier Archive is shown and not read, and keeps its version`() async throws {
        let fixture = try BlobFixture()
        let etag = try await fixture.put("a")
        func move(to tier: String) async -> EmulatedResponse {
            await fixture.send(.put, "/acme/vault/a?comp=tier", ["x-ms-access-tier": tier])
        }
        #expect(await move(to: "Archive").outcome == "200")
        let head = await fixture.send(.head, "/acme/vault/a")
        #expect(head.outcome == "200")
        #expect(head.headers["x-ms-access-tier"] == "Archive")
        #expect(head.headers[.eTag] == etag)
        #expect(await fixture.send(.get, "/acme/vault/a").outcome == "409 BlobArchived")
        let list = await fixture.send(.get, "/acme/vault?restype=container&comp=list")
        #expect(list.text.contains("<AccessTier>Archive</AccessTier>"))
        #expect(await move(to: "Hot").outcome == "200")
        #expect(await fixture.text("a") == "hello")
        #expect(await move(to: "Frozen").status.code == 400)
    }

    @Test
    func `an error to HEAD has a code and no body`() async throws {
        let fixture = try BlobFixture()
        let head = await fixture.send(.head, "/acme/vault/none")
        #expect(head.outcome == "404 BlobNotFound")
        #expect(head.body.isEmpty)
        #expect(head.headers[.contentType] == nil)
    }

    @Test
    func `an error has a body that says when and for which request`() async throws {
        let fixture = try BlobFixture()
        let get = await fixture.send(.get, "/acme/vault/none")
        let id = try #require(get.headers["x-ms-request-id"])
        #expect(get.headers[.contentType] == "application/xml")
        #expect(
            get.text == """
                <?xml version="1.0" encoding="utf-8"?><Error><Code>BlobNotFound</Code>\
                <Message>The specified blob does not exist.\nRequestId:\(id)\nTime:2026-11-24T01:00:00.0000000Z</Message></Error>
                """
        )
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var method: HTTPRequest.Method = .put
        var address = "/acme/vault/a"
        var headers: [String: String] = ["x-ms-blob-type": "BlockBlob"]
        var body = "hello"
        var outcome: String
    }

    static let refusals = [
        Refusal(testDescription: "no type", headers: [:], outcome: "400 MissingRequiredHeader"),
        Refusal(
            testDescription: "an unknown type",
            headers: ["x-ms-blob-type": "Drum"],
            outcome: "400 InvalidHeaderValue"
        ),
        Refusal(
            testDescription: "a page blob",
            headers: ["x-ms-blob-type": "PageBlob"],
            outcome: "409 FeatureNotSupportedForAccount"
        ),
        Refusal(
            testDescription: "a snapshot",
            address: "/acme/vault/a?comp=snapshot",
            outcome: "409 FeatureNotSupportedForAccount"
        ),
        Refusal(
            testDescription: "a wrong digest",
            headers: ["x-ms-blob-type": "BlockBlob", "content-md5": "AAAAAAAAAAAAAAAAAAAAAA=="],
            outcome: "400 Md5Mismatch"
        ),
        Refusal(
            testDescription: "half a digest",
            headers: ["x-ms-blob-type": "BlockBlob", "content-md5": "AAAA"],
            outcome: "400 InvalidMd5"
        ),
        Refusal(
            testDescription: "metadata with a hyphen",
            headers: ["x-ms-blob-type": "BlockBlob", "x-ms-meta-a-b": "1"],
            outcome: "400 InvalidMetadata"
        ),
        Refusal(
            testDescription: "metadata without a name",
            headers: ["x-ms-blob-type": "BlockBlob", "x-ms-meta-": "1"],
            outcome: "400 EmptyMetadataKey"
        ),
        Refusal(
            testDescription: "much metadata",
            headers: ["x-ms-blob-type": "BlockBlob", "x-ms-meta-a": String(repeating: "x", count: 8192)],
            outcome: "400 MetadataTooLarge"
        ),
        Refusal(testDescription: "no container", address: "/acme/none/a", outcome: "404 ContainerNotFound"),
        Refusal(
            testDescription: "a container in capitals",
            address: "/acme/Vault/a",
            outcome: "400 InvalidResourceName"
        ),
        Refusal(testDescription: "a short container", address: "/acme/va/a", outcome: "400 OutOfRangeInput"),
        Refusal(
            testDescription: "a long name",
            address: "/acme/vault/\(String(repeating: "x", count: 1025))",
            outcome: "400 OutOfRangeInput"
        ),
        Refusal(testDescription: "a broken escape", address: "/acme/vault/%zz", outcome: "400 InvalidUri"),
        Refusal(testDescription: "bytes that are no text", address: "/acme/vault/%ff", outcome: "400 InvalidUri"),
        Refusal(
            testDescription: "an unknown component",
            address: "/acme/vault/a?comp=magic",
            outcome: "400 InvalidQueryParameterValue"
        ),
        Refusal(testDescription: "an unknown method", method: .patch, outcome: "405 UnsupportedHttpVerb"),
        Refusal(
            testDescription: "a lease id that is none",
            headers: ["x-ms-blob-type": "BlockBlob", "x-ms-lease-id": "me"],
            outcome: "400 InvalidHeaderValue"
        ),
        Refusal(
            testDescription: "a lease where there is none",
            headers: ["x-ms-blob-type": "BlockBlob", "x-ms-lease-id": "00000000-0000-0000-0000-000000000001"],
            outcome: "412 LeaseNotPresentWithBlobOperation"
        ),
        Refusal(
            testDescription: "a service without a component",
            method: .get,
            address: "/acme",
            outcome: "405 UnsupportedHttpVerb"
        ),
        Refusal(testDescription: "no path at all", method: .get, address: "/", outcome: "400 InvalidUri"),
    ]

    @Test(arguments: refusals)
    func refuses(_ test: Refusal) async throws {
        let fixture = try BlobFixture()
        var request = BlobFixture.request(test.method, test.address, body: Data(test.body.utf8))
        request.headers["authorization"] = "Bearer owner"
        for (name, value) in test.headers { request.headers[name] = value }
        let response = await fixture.service.respond(to: request)
        #expect(response.outcome == test.outcome, "\(response.text)")
        #expect(fixture.store.blob(account: "acme", container: "vault", name: "a") == nil)
    }

    struct Range: CustomTestStringConvertible, Sendable {
        var header = "x-ms-range"
        var value: String
        var outcome = "206"
        var text = ""
        var content: String?

        var testDescription: String { "\(self.header): \(self.value)" }
    }

    static let ranges = [
        Range(value: "bytes=0-3", text: "0123", content: "bytes 0-3/10"),
        Range(header: "Range", value: "bytes=0-3", text: "0123", content: "bytes 0-3/10"),
        Range(value: "bytes=8-", text: "89", content: "bytes 8-9/10"),
        Range(value: "bytes=8-99", text: "89", content: "bytes 8-9/10"),
        Range(value: "bytes=9-9223372036854775807", text: "9", content: "bytes 9-9/10"),
        Range(value: "bytes=10-", outcome: "416 InvalidRange", content: "bytes */10"),
        Range(value: "bytes=3-1", outcome: "400 InvalidHeaderValue"),
        Range(value: "bytes=-3", outcome: "400 InvalidHeaderValue"),
        Range(value: "bytes=0-99999999999999999999", outcome: "400 InvalidHeaderValue"),
        Range(header: "Range", value: "lines=1-2", outcome: "200", text: "0123456789"),
    ]

    @Test(arguments: ranges)
    func cuts(_ test: Range) async throws {
        let fixture = try BlobFixture()
        try await fixture.put("a", "0123456789")
        let response = await fixture.send(.get, "/acme/vault/a", [test.header: test.value])
        #expect(response.outcome == test.outcome)
        if response.code == nil { #expect(response.text == test.text) }
        #expect(response.headers["content-range"] == test.content)
    }

    @Test
    func `a range of an empty blob cannot be met`() async throws {
        let fixture = try BlobFixture()
        try await fixture.put("empty", "")
        let ranged = await fixture.send(.get, "/acme/vault/empty", ["x-ms-range": "bytes=0-33554431"])
        #expect(ranged.outcome == "416 InvalidRange")
        #expect(await fixture.send(.get, "/acme/vault/empty").outcome == "200")
    }

    @Test
    func `a range may bring its digest`() async throws {
        let fixture = try BlobFixture()
        try await fixture.put("a", "hello world")
        let part = await fixture.send(
            .get,
            "/acme/vault/a",
            ["x-ms-range": "bytes=0-4", "x-ms-range-get-content-md5": "true"]
        )
        #expect(part.headers["content-md5"] == "XUFAKrxLKna5cZ2REBfFkg==")
    }

    @Test
    func `properties and metadata are replaced and make a new revision`() async throws {
        let fixture = try BlobFixture()
        let first = try await fixture.put("a", "hello", ["x-ms-meta-a": "1", "x-ms-blob-content-language": "en"])
        let second = await fixture.send(.put, "/acme/vault/a?comp=metadata", ["x-ms-meta-b": "2"])
        #expect(second.headers[.eTag] != first)
        #expect(second.headers[.eTag] != nil)
        let third = await fixture.send(
            .put,
            "/acme/vault/a?comp=properties",
            ["x-ms-blob-content-type": "text/html"]
        )
        #expect(third.outcome == "200")
        let head = await fixture.send(.head, "/acme/vault/a")
        #expect(head.headers["x-ms-meta-a"] == nil)
        #expect(head.headers["x-ms-meta-b"] == "2")
        #expect(head.headers[.contentType] == "text/html")
        #expect(head.headers[.contentLanguage] == nil)
        #expect(head.headers[.eTag] == third.headers[.eTag])
        #expect(await fixture.text("a") == "hello")
    }

    @Test
    func `names that look alike are two`() async throws {
        let fixture = try BlobFixture()
        try await fixture.put("%C3%A9", "composed")
        try await fixture.put("e%CC%81", "decomposed")
        #expect(await fixture.text("%C3%A9") == "composed")
        #expect(await fixture.text("e%CC%81") == "decomposed")
    }

    @Test
    func `a blob is deleted once`() async throws {
        let fixture = try BlobFixture()
        try await fixture.put("a")
        let deleted = await fixture.send(.delete, "/acme/vault/a", ["x-ms-delete-snapshots": "include"])
        #expect(deleted.outcome == "202")
        #expect(await fixture.send(.delete, "/acme/vault/a").outcome == "404 BlobNotFound")
    }

    @Test
    func `a lease keeps other writers out until it ends`() async throws {
        let fixture = try BlobFixture()
        try await fixture.put("a")
        let lease = await fixture.send(
            .put,
            "/acme/vault/a?comp=lease",
            ["x-ms-lease-action": "acquire", "x-ms-lease-duration": "15"]
        )
        #expect(lease.outcome == "201")
        let id = try #require(lease.headers["x-ms-lease-id"])
        #expect(await fixture.send(.delete, "/acme/vault/a").outcome == "412 LeaseIdMissing")
        let head = await fixture.send(.head, "/acme/vault/a")
        #expect(head.headers["x-ms-lease-state"] == "leased")
        #expect(head.headers["x-ms-lease-duration"] == "fixed")
        try await fixture.put("a", "mine", ["x-ms-lease-id": id])
        let broken = await fixture.send(
            .put,
            "/acme/vault/a?comp=lease",
            ["x-ms-lease-action": "break", "x-ms-lease-break-period": "60"]
        )
        #expect(broken.outcome == "202")
        #expect(broken.headers["x-ms-lease-time"] == "15")
        fixture.clock.advance(seconds: 15)
        #expect(await fixture.send(.delete, "/acme/vault/a").outcome == "202")
    }

    @Test(arguments: ["0", "14", "61", "-2", "x", "99999999999999999999"])
    func `a lease has a length that Azure allows`(seconds: String) async throws {
        let fixture = try BlobFixture()
        try await fixture.put("a")
        let lease = await fixture.send(
            .put,
            "/acme/vault/a?comp=lease",
            ["x-ms-lease-action": "acquire", "x-ms-lease-duration": seconds]
        )
        #expect(lease.outcome == "400 InvalidHeaderValue")
    }

    @Test
    func `a copy is done when it is answered`() async throws {
        let fixture = try BlobFixture()
        let etag = try await fixture.put("a", "hello", ["x-ms-meta-a": "1", "x-ms-blob-content-type": "text/plain"])
        let source = "https://127.0.0.1/acme/vault/a"
        let copy = await fixture.send(
            .put,
            "/acme/vault/b",
            ["x-ms-copy-source": source, "x-ms-source-if-match": etag]
        )
        #expect(copy.outcome == "202")
        #expect(copy.headers["x-ms-copy-status"] == "success")
        let head = await fixture.send(.get, "/acme/vault/b")
        #expect(head.text == "hello")
        #expect(head.headers["x-ms-meta-a"] == "1")
        #expect(head.headers[.contentType] == "text/plain")
        #expect(head.headers["x-ms-copy-source"] == source)
        let stale = await fixture.send(
            .put,
            "/acme/vault/c",
            ["x-ms-copy-source": source, "x-ms-source-if-match": "\"0x1\""]
        )
        #expect(stale.outcome == "412 SourceConditionNotMet")
        let missing = await fixture.send(.put, "/acme/vault/c", ["x-ms-copy-source": "\(source)x"])
        #expect(missing.outcome == "404 CannotVerifyCopySource")
        let foreign = await fixture.send(.put, "/acme/vault/c", ["x-ms-copy-source": "https://x/other/vault/a"])
        #expect(foreign.outcome == "404 CannotVerifyCopySource")
    }

    @Test
    func `tags are kept beside the revision`() async throws {
        let fixture = try BlobFixture()
        let etag = try await fixture.put("a", "hello", ["x-ms-tags": "kind=full&for=a%20b"])
        let head = await fixture.send(.head, "/acme/vault/a")
        #expect(head.headers["x-ms-tag-count"] == "2")
        let body = "<Tags><TagSet><Tag><Key>kind</Key><Value>none</Value></Tag></TagSet></Tags>"
        #expect(await fixture.send(.put, "/acme/vault/a?comp=tags", body: Data(body.utf8)).outcome == "204")
        let tags = await fixture.send(.get, "/acme/vault/a?comp=tags")
        #expect(tags.values("Value") == ["none"])
        #expect(await fixture.send(.head, "/acme/vault/a").headers[.eTag] == etag)
    }
}
