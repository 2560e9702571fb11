import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

struct BatchTests {
    static func body(_ parts: [String]) -> Data {
        let written = parts.enumerated().map { index, part in
            "--edge\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: \(index)\r\n"
                + "\r\n\(part)\r\n\r\n\r\n"
        }
        return Data((written.joined() + "--edge--").utf8)
    }

    func send(_ body: Data, to fixture: BlobFixture) async -> (outcome: String, text: String, type: String?) {
        let response = await fixture.send(
            .post,
            "/acme/vault?restype=container&comp=batch",
            ["Content-Type": "multipart/mixed; boundary=edge"],
            body: body
        )
        return (response.outcome, response.text, response.headers[.contentType])
    }

    @Test
    func `the parts of a batch stand for themselves`() async throws {
        let fixture = try BlobFixture()
        try await fixture.put("a")
        try await fixture.put("b%20c")
        let body = Self.body([
            "DELETE /acme/vault/a HTTP/1.1\r\nAuthorization: Bearer owner\r\nContent-Length: 0",
            "DELETE /acme/vault/b%20c HTTP/1.1\r\nAuthorization: Bearer reader",
            "DELETE /acme/vault/none HTTP/1.1\r\nAuthorization: Bearer owner",
            "GET /acme/vault/b%20c HTTP/1.1\r\nAuthorization: Bearer owner",
        ])
        let (outcome, text, type) = await self.send(body, to: fixture)
        #expect(outcome == "202")
        let edge = try #require(type?.split(separator: "boundary=").last)
        let parts = text.components(separatedBy: "--\(edge)").dropFirst()
        #expect(parts.last == "--\r\n")
        let lines = parts.dropLast().compactMap { part in
            part.components(separatedBy: "\r\n").first { $0.hasPrefix("HTTP/1.1") }
        }
        #expect(
            lines == [
                "HTTP/1.1 202 Accepted", "HTTP/1.1 403 Forbidden", "HTTP/1.1 404 Not Found", "HTTP/1.1 400 Bad Request",
            ]
        )
        #expect(text.contains("Content-ID: 3\r\n"))
        #expect(fixture.store.list(account: "acme", container: "vault").map(\.name) == ["b c"])
    }

    @Test
    func `a batch has at most 256 parts`() async throws {
        let fixture = try BlobFixture()
        let part = "DELETE /acme/vault/a HTTP/1.1\r\nAuthorization: Bearer owner"
        let full = Self.body(Array(repeating: part, count: 256))
        #expect(await self.send(full, to: fixture).outcome == "202")
        let over = Self.body(Array(repeating: part, count: 257))
        #expect(await self.send(over, to: fixture).outcome == "400 InvalidInput")
    }

    @Test(arguments: [
        "", "--edge--", "--edge\r\n--edge--", "--edge\r\nContent-Type: application/http\r\n\r\n\r\n--edge--",
        "--edge\r\nContent-Type: application/http\r\n\r\nDELETE\r\n--edge--", "no edge at all",
        "--edge\r\nContent-Type: application/http\r\n\r\nDELETE /a HTTP/1.1\r\n:x: y\r\n\r\n--edge--",
    ])
    func `a broken batch is refused`(body: String) async throws {
        let fixture = try BlobFixture()
        #expect(await self.send(Data(body.utf8), to: fixture).outcome == "400 InvalidInput")
    }

    @Test
    func `a batch needs credentials of its own`() async throws {
        let fixture = try BlobFixture()
        let response = await fixture.send(
            .post,
            "/acme?comp=batch",
            ["Content-Type": "multipart/mixed; boundary=edge"],
            body: Self.body([]),
            token: nil
        )
        #expect(response.outcome == "401 NoAuthenticationInformation")
    }
}
