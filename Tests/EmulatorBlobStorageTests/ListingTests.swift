import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

struct ListingTests {
    static let names = ["a", "a/1", "a/2", "a/b/1", "a/b/2", "b", "c/1", "c/2", "d", "é"]

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var query: String
        var names: [String]
        var prefixes: [String] = []
    }

    static let cases = [
        Case(testDescription: "everything", query: "", names: names),
        Case(testDescription: "a prefix", query: "&prefix=a", names: ["a", "a/1", "a/2", "a/b/1", "a/b/2"]),
        Case(testDescription: "a prefix that fits nothing", query: "&prefix=zz", names: []),
        Case(
            testDescription: "the top of the tree",
            query: "&delimiter=/",
            names: ["a", "b", "d", "é"],
            prefixes: ["a/", "c/"]
        ),
        Case(testDescription: "a branch", query: "&delimiter=/&prefix=a/", names: ["a/1", "a/2"], prefixes: ["a/b/"]),
        Case(
            testDescription: "a delimiter of two letters",
            query: "&delimiter=/b",
            names: ["a", "a/1", "a/2", "b", "c/1", "c/2", "d", "é"],
            prefixes: ["a/b"]
        ),
        Case(testDescription: "a prefix beyond ASCII", query: "&prefix=%C3%A9", names: ["é"]),
    ]

    func fixture() throws -> BlobFixture {
        let fixture = try BlobFixture()
        for name in Self.names.reversed() {
            try fixture.store.put(
                account: "acme",
                container: "vault",
                blob: name,
                content: Data(name.utf8),
                metadata: ["k": "v"]
            )
        }
        return fixture
    }

    /// Follows the pages to their end; returns names, prefixes, and how many pages there were.
    func collect(_ query: String, in fixture: BlobFixture) async -> (names: [String], prefixes: [String], pages: Int) {
        var names: [String] = []
        var prefixes: [String] = []
        var pages = 0
        var marker = ""
        repeat {
            let page = await fixture.send(
                .get,
                "/acme/vault?restype=container&comp=list\(query)&marker=\(marker.replacing("=", with: "%3D"))"
            )
            #expect(page.outcome == "200")
            pages += 1
            names += page.values("Blob").compactMap {
                $0.split(separator: "<Name>").first?.split(separator: "</").first
            }
            .map(String.init)
            prefixes += page.values("BlobPrefix")
                .map { $0.replacing("<Name>", with: "").replacing("</Name>", with: "") }
            marker = page.values("NextMarker").first ?? ""
        } while !marker.isEmpty && pages < 100
        return (names, prefixes, pages)
    }

    @Test(arguments: cases)
    func lists(_ test: Case) async throws {
        let fixture = try self.fixture()
        let whole = await self.collect(test.query, in: fixture)
        #expect(whole.names == test.names)
        #expect(whole.prefixes == test.prefixes)
        #expect(whole.pages == 1)
    }

    @Test(arguments: cases, [1, 2, 3])
    func `pages hold together`(test: Case, length: Int) async throws {
        let fixture = try self.fixture()
        let paged = await self.collect("\(test.query)&maxresults=\(length)", in: fixture)
        #expect(paged.names == test.names)
        #expect(paged.prefixes == test.prefixes)
        let count = test.names.count + test.prefixes.count
        #expect(paged.pages == max(1, (count + length - 1) / length))
    }

    @Test
    func `a listed blob shows its properties`() async throws {
        let fixture = try BlobFixture()
        let etag = try await fixture.put("a", "hello", ["x-ms-meta-k": "<v>"])
        let page = await fixture.send(.get, "/acme/vault?restype=container&comp=list&include=metadata")
        #expect(page.headers[.contentType] == "application/xml")
        #expect(page.values("Etag").map { "\"\($0)\"" } == [etag])
        #expect(page.values("Content-Length") == ["5"])
        #expect(page.values("Content-MD5") == ["XUFAKrxLKna5cZ2REBfFkg=="])
        #expect(page.values("k") == ["&lt;v&gt;"])
        #expect(page.text.contains("ServiceEndpoint=\"https://127.0.0.1/acme/\" ContainerName=\"vault\""))
        let plain = await fixture.send(.get, "/acme/vault?restype=container&comp=list")
        #expect(plain.values("k").isEmpty)
    }

    @Test
    func `a name that XML cannot carry is encoded`() async throws {
        let fixture = try BlobFixture()
        try await fixture.put("a%01b")
        let page = await fixture.send(.get, "/acme/vault?restype=container&comp=list")
        #expect(page.text.contains("<Name Encoded=\"true\">a%01b</Name>"))
    }

    @Test
    func `staged blobs are listed when they are asked for`() async throws {
        let fixture = try BlobFixture()
        _ = await fixture.send(.put, "/acme/vault/draft?comp=block&blockid=AAAA", body: Data("x".utf8))
        #expect(await self.collect("", in: fixture).names.isEmpty)
        #expect(await self.collect("&include=uncommittedblobs", in: fixture).names == ["draft"])
    }

    @Test(arguments: [
        ("maxresults=0", "400 OutOfRangeQueryParameterValue"), ("maxresults=x", "400 InvalidQueryParameterValue"),
        ("maxresults=-1", "400 OutOfRangeQueryParameterValue"), ("maxresults=99999999", "200"),
        ("marker=nonsense", "400 OutOfRangeInput"), ("include=everything", "400 InvalidQueryParameterValue"),
    ])
    func `parameters are checked`(query: String, outcome: String) async throws {
        let fixture = try BlobFixture()
        let page = await fixture.send(.get, "/acme/vault?restype=container&comp=list&\(query)")
        #expect(page.outcome == outcome)
        #expect(await fixture.send(.get, "/acme?comp=list&\(query)").outcome == outcome)
    }

    @Test
    func `containers are listed by name in pages`() async throws {
        let fixture = try BlobFixture()
        for name in ["beta", "alpha", "alpine", "$root"] {
            try fixture.store.createContainer(account: "acme", container: name)
        }
        let first = await fixture.send(.get, "/acme/?comp=list&maxresults=2")
        #expect(first.values("Name") == ["alpha", "alpine"])
        let marker = try #require(first.values("NextMarker").first).replacing("=", with: "%3D")
        let second = await fixture.send(.get, "/acme/?comp=list&maxresults=2&marker=\(marker)")
        #expect(second.values("Name") == ["beta", "vault"])
        #expect(second.text.contains("<NextMarker />"))
        #expect(await fixture.send(.get, "/acme/?comp=list&prefix=al").values("Name") == ["alpha", "alpine"])
    }
}
