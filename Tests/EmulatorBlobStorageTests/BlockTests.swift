import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

struct BlockTests {
    static func id(_ number: Int) -> String { Data("block-\(1000 + number)".utf8).base64EncodedString() }

    static func list(_ lines: [(String, Int)]) -> Data {
        Data("<BlockList>\(lines.map { "<\($0)>\(id($1))</\($0)>" }.joined())</BlockList>".utf8)
    }

    func stage(_ number: Int, _ text: String, in fixture: BlobFixture) async -> String {
        let id = Self.id(number).replacing("=", with: "%3D")
        return await fixture.send(.put, "/acme/vault/big?comp=block&blockid=\(id)", body: Data(text.utf8)).outcome
    }

    func commit(_ lines: [(String, Int)], in fixture: BlobFixture) async -> String {
        await fixture.send(.put, "/acme/vault/big?comp=blocklist", body: Self.list(lines)).outcome
    }

    @Test
    func `a blob is made of its blocks in the list's order`() async throws {
        let fixture = try BlobFixture()
        #expect(await self.stage(1, "one ", in: fixture) == "201")
        #expect(await self.stage(2, "two ", in: fixture) == "201")
        #expect(await fixture.send(.get, "/acme/vault/big").outcome == "404 BlobNotFound")
        #expect(await self.commit([("Latest", 2), ("Uncommitted", 1), ("Latest", 2)], in: fixture) == "201")
        #expect(await fixture.text("big") == "two one two ")
        let part = await fixture.send(.get, "/acme/vault/big", ["x-ms-range": "bytes=2-9"])
        #expect(part.text == "o one tw")
    }

    @Test
    func `committed blocks are used again and the others are dropped`() async throws {
        let fixture = try BlobFixture()
        _ = await self.stage(1, "one ", in: fixture)
        _ = await self.stage(2, "two ", in: fixture)
        #expect(await self.commit([("Latest", 1), ("Latest", 2)], in: fixture) == "201")
        _ = await self.stage(1, "ONE ", in: fixture)
        _ = await self.stage(3, "three ", in: fixture)
        #expect(await self.commit([("Committed", 1), ("Latest", 1), ("Latest", 2)], in: fixture) == "201")
        #expect(await fixture.text("big") == "one ONE two ")
        #expect(await self.commit([("Uncommitted", 3)], in: fixture) == "400 InvalidBlockList")
        #expect(await fixture.text("big") == "one ONE two ")
    }

    @Test
    func `the block list tells what is committed and what waits`() async throws {
        let fixture = try BlobFixture()
        _ = await self.stage(1, "one ", in: fixture)
        let waiting = await fixture.send(.get, "/acme/vault/big?comp=blocklist&blocklisttype=all")
        #expect(waiting.values("UncommittedBlocks").first?.contains(Self.id(1)) == true)
        #expect(waiting.values("CommittedBlocks") == [""])
        #expect(waiting.headers[.eTag] == nil)
        _ = await self.commit([("Latest", 1)], in: fixture)
        let committed = await fixture.send(.get, "/acme/vault/big?comp=blocklist")
        #expect(committed.values("Size") == ["4"])
        #expect(committed.headers["x-ms-blob-content-length"] == "4")
        #expect(await fixture.send(.get, "/acme/vault/none?comp=blocklist").outcome == "404 BlobNotFound")
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var address = "/acme/vault/big?comp=blocklist"
        var body: String
        var outcome: String
    }

    static let refusals = [
        Refusal(
            testDescription: "an unknown block",
            body: "<BlockList><Latest>AAAA</Latest></BlockList>",
            outcome: "400 InvalidBlockList"
        ),
        Refusal(
            testDescription: "an unknown line",
            body: "<BlockList><Newest>AAAA</Newest></BlockList>",
            outcome: "400 InvalidXmlDocument"
        ),
        Refusal(testDescription: "another document", body: "<List/>", outcome: "400 InvalidXmlDocument"),
        Refusal(testDescription: "nothing", body: "", outcome: "400 InvalidXmlDocument"),
        Refusal(testDescription: "half a document", body: "<BlockList><Latest>AAAA", outcome: "400 InvalidXmlDocument"),
        Refusal(
            testDescription: "an entity of its own",
            body: "<!DOCTYPE b [<!ENTITY a \"b\">]><BlockList><Latest>&a;</Latest></BlockList>",
            outcome: "400 InvalidXmlDocument"
        ),
        Refusal(
            testDescription: "too many blocks",
            body: "<BlockList>\(String(repeating: "<Latest>AAAA</Latest>", count: 50_001))</BlockList>",
            outcome: "400 BlockListTooLong"
        ),
        Refusal(
            testDescription: "a block without an id",
            address: "/acme/vault/big?comp=block",
            body: "x",
            outcome: "400 MissingRequiredQueryParameter"
        ),
        Refusal(
            testDescription: "an id that is no base64",
            address: "/acme/vault/big?comp=block&blockid=%21",
            body: "x",
            outcome: "400 InvalidQueryParameterValue"
        ),
        Refusal(
            testDescription: "a block of nothing",
            address: "/acme/vault/big?comp=block&blockid=AAAA",
            body: "",
            outcome: "400 InvalidHeaderValue"
        ),
        Refusal(
            testDescription: "ids of two lengths",
            address: "/acme/vault/big?comp=block&blockid=AAAA",
            body: "x",
            outcome: "400 InvalidBlobOrBlock"
        ),
    ]

    @Test(arguments: refusals)
    func refuses(_ test: Refusal) async throws {
        let fixture = try BlobFixture()
        _ = await self.stage(1, "one ", in: fixture)
        let response = await fixture.send(.put, test.address, body: Data(test.body.utf8))
        #expect(response.outcome == test.outcome)
    }

    @Test
    func `an empty list makes an empty blob`() async throws {
        let fixture = try BlobFixture()
        #expect(await self.commit([], in: fixture) == "201")
        #expect(await fixture.text("big").isEmpty)
    }

    @Test
    func `a list may only create when it is told so`() async throws {
        let fixture = try BlobFixture()
        try await fixture.put("big")
        let refused = await fixture.send(
            .put,
            "/acme/vault/big?comp=blocklist",
            ["If-None-Match": "*"],
            body: Self.list([])
        )
        #expect(refused.outcome == "409 BlobAlreadyExists")
    }
}
