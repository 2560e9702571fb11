import BackupDomain
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import AzureClient

struct BlobServiceClientTests {
    static let absent = HTTPExchangeResponse.text(
        404,
        "",
        ["x-ms-error-code": "BlobNotFound", "Date": "Tue, 24 Nov 2026 01:00:00 GMT"]
    )

    let clock = ManualClock(now: Fixture.now, sleeping: .advances)

    @Test func `a blob is looked at`() async throws {
        let transport = ScriptedTransport([
            .success(
                .text(
                    200,
                    "",
                    [
                        "Content-Length": "610000", "ETag": "\"0x1\"", "Content-MD5": "abc==",
                        "x-ms-creation-time": "Tue, 24 Nov 2026 01:00:00 GMT",
                        "Last-Modified": "Tue, 24 Nov 2026 01:09:00 GMT", "x-ms-access-tier": "Archive",
                    ]
                )
            ),
            .success(Self.absent),
        ])
        let client = try Fixture.blobs(transport, self.clock)
        let seen = try await client.properties(of: "a b+c:1/ü.apimbackup", in: "apim-backups")
        guard case .present(let properties) = seen else {
            Issue.record("it was not seen")
            return
        }
        #expect(properties.bytes == 610_000)
        #expect(properties.etag == ETag("\"0x1\""))
        #expect(properties.createdAt == Fixture.now)
        #expect(properties.modifiedAt == Fixture.now + 540)
        #expect(properties.contentMD5 == "abc==")
        #expect(properties.isArchived)
        #expect(try await client.properties(of: "b", in: "apim-backups") == .absent(date: Fixture.now))
        let request = try #require(transport.requests.first)
        #expect(
            request.url.absoluteString
                == "https://contosobackups.blob.core.windows.net/apim-backups/a%20b%2Bc%3A1/%C3%BC.apimbackup"
        )
        #expect(request.method == .head)
        #expect(request.fields[text: "x-ms-version"] == "2023-11-03")
        #expect(request.fields[.authorization]?.hasPrefix("Bearer ") == true)
    }

    @Test func `a path-style endpoint keeps its path`() async throws {
        let transport = ScriptedTransport([.success(.text(200))])
        let endpoint = try BlobEndpoint.override("https://127.0.0.1:8443/x", account: "contosobackups")
        let client = try BlobServiceClient(
            account: StorageAccount(name: "contosobackups", blobEndpoint: endpoint),
            cloud: Fixture.cloud,
            tokens: Fixture.tokens(self.clock),
            transport: transport,
            clock: self.clock
        )
        #expect(try await client.containerExists("apim-backups"))
        #expect(
            transport.requests.first?.url.absoluteString
                == "https://127.0.0.1:8443/contosobackups/apim-backups?restype=container"
        )
    }

    @Test func `a container is created, and one that is there is left alone`() async throws {
        let transport = ScriptedTransport([
            .success(.text(404, "", ["x-ms-error-code": "ContainerNotFound"])), .success(.text(201)),
            .success(.text(409, "", ["x-ms-error-code": "ContainerAlreadyExists"])),
        ])
        let client = try Fixture.blobs(transport, self.clock)
        #expect(try await client.containerExists("c-1") == false)
        try await client.createContainer("c-1")
        try await client.createContainer("c-1")
        let creation = try #require(transport.requests.dropFirst().first)
        #expect(creation.method == .put)
        #expect(creation.fields[text: "x-ms-blob-public-access"] == nil)
    }

    struct Write: CustomTestStringConvertible {
        var testDescription: String { "\(self.condition)" }
        var condition: WriteCondition
        var ifMatch: String?
        var ifNoneMatch: String?
    }

    static let writes = [
        Write(condition: .always),
        Write(condition: .absent, ifNoneMatch: "*"),
        Write(condition: .matches(ETag("\"7\"")), ifMatch: "\"7\""),
    ]

    @Test(arguments: writes)
    func writesUnderACondition(_ test: Write) async throws {
        let transport = ScriptedTransport([.success(.text(201, "", ["ETag": "\"8\""]))])
        let etag = try await Fixture.blobs(transport, self.clock).write(
            Data("{}".utf8),
            to: "r.json",
            in: "c-1",
            condition: test.condition,
            contentType: "application/json"
        )
        #expect(etag == ETag("\"8\""))
        let request = try #require(transport.requests.first)
        #expect(request.fields[.ifMatch] == test.ifMatch)
        #expect(request.fields[.ifNoneMatch] == test.ifNoneMatch)
        #expect(request.fields[text: "x-ms-blob-type"] == "BlockBlob")
        #expect(request.fields[.contentType] == "application/json")
        #expect(request.body == Data("{}".utf8))
    }

    @Test func `a conflict with our own lost write is none`() async throws {
        let conflict = HTTPExchangeResponse.text(409, "", ["x-ms-error-code": "BlobAlreadyExists"])
        let transport = ScriptedTransport([
            .failure(.broken), .success(conflict), .success(.text(200, "{}", ["ETag": "\"mine\""])),
        ])
        let etag = try await Fixture.blobs(transport, self.clock).write(
            Data("{}".utf8),
            to: "r",
            in: "c-1",
            condition: .absent,
            contentType: "a/b"
        )
        #expect(etag == ETag("\"mine\""))
    }

    @Test func `a conflict with somebody else's write stays one`() async throws {
        let conflict = HTTPExchangeResponse.text(409, "", ["x-ms-error-code": "BlobAlreadyExists"])
        let lost = ScriptedTransport([
            .failure(.broken), .success(conflict), .success(.text(200, "other", ["ETag": "\"theirs\""])),
        ])
        for transport in [lost, ScriptedTransport([.success(conflict)])] {
            await #expect(throws: BackupError(.conflict, "")) {
                try await Fixture.blobs(transport, self.clock).write(
                    Data("{}".utf8),
                    to: "r",
                    in: "c-1",
                    condition: .absent,
                    contentType: "a/b"
                )
            }
        }
    }

    @Test func `a blob is read up to its cap, and one that is not there is nil`() async throws {
        let transport = ScriptedTransport([.success(.text(200, "text", ["ETag": "\"1\""])), .success(Self.absent)])
        let client = try Fixture.blobs(transport, self.clock)
        let read = try #require(try await client.read("r", in: "c-1", cap: 77))
        #expect(read.content == Data("text".utf8))
        #expect(read.etag == ETag("\"1\""))
        #expect(transport.requests.first?.capInBytes == 77)
        #expect(try await client.read("r", in: "c-1", cap: 77) == nil)
    }

    @Test func `a listing asks for what it is told to`() async throws {
        let body = "<EnumerationResults><Blobs/><NextMarker>n</NextMarker></EnumerationResults>"
        let transport = ScriptedTransport([.success(.text(200, body))])
        let client = try Fixture.blobs(transport, self.clock)
        let page = try await client.list("c-1", prefix: "v1/a b", delimiter: "/", marker: "m&1")
        #expect(page.nextMarker == "n")
        #expect(
            transport.requests.first?.url.query()
                == "restype=container&comp=list&maxresults=1000&prefix=v1%2Fa%20b&delimiter=%2F&marker=m%261"
        )
        await #expect(throws: BackupError(.malformedAnswer, "")) {
            try await client.list("c-1", prefix: "", delimiter: nil, marker: "n")
        }
    }

    struct Refusal: CustomTestStringConvertible {
        var testDescription: String {
            "\(self.answer.status) \(self.answer.fields[text: "x-ms-error-code"] ?? "no code")"
        }
        var answer: HTTPExchangeResponse
        var code: BackupError.Code
        var says: [String] = []
    }

    static func refused(_ status: Int, _ code: String, _ more: [String: String] = [:]) -> HTTPExchangeResponse {
        .text(status, "", more.merging(["x-ms-error-code": code, "x-ms-request-id": "r-9"]) { $1 })
    }

    static let refusals = [
        Refusal(
            answer: Self.refused(403, "AuthorizationPermissionMismatch"),
            code: .permissionDenied,
            says: [
                "0b1ec7 (application a991d)", "containers/blobs/read", "container apim-backups", "contosobackups",
                "Storage Blob Data Reader", "r-9",
            ]
        ),
        Refusal(answer: Self.refused(403, "AuthorizationFailure"), code: .permissionDenied, says: ["firewall"]),
        Refusal(answer: Self.refused(403, "AccountIsDisabled"), code: .permissionDenied, says: ["disabled"]),
        Refusal(answer: Self.refused(401, "InvalidAuthenticationInfo"), code: .credentialRejected),
        Refusal(
            answer: Self.refused(403, "AuthenticationFailed", ["Date": "Tue, 24 Nov 2026 03:00:00 GMT"]),
            code: .clockOff,
            says: ["7200 seconds behind"]
        ),
        Refusal(answer: Self.refused(404, "ContainerNotFound"), code: .notFound, says: ["no container apim-backups"]),
        Refusal(answer: Self.refused(404, "ResourceNotFound"), code: .storageAccountNotFound, says: ["contosobackups"]),
        Refusal(answer: .text(404, "<html>"), code: .storageAccountNotFound),
        Refusal(answer: Self.refused(412, "ConditionNotMet"), code: .conflict),
        Refusal(answer: Self.refused(412, "LeaseIdMissing"), code: .conflict),
        Refusal(
            answer: .text(
                400,
                "<?xml version=\"1.0\"?><Error><Code>InvalidUri</Code><Message>Bad\nuri</Message></Error>"
            ),
            code: .azureError,
            says: ["InvalidUri: Bad uri"]
        ),
    ]

    @Test(arguments: refusals)
    func explains(_ test: Refusal) async throws {
        let client = try Fixture.blobs(ScriptedTransport([.success(test.answer)]), self.clock)
        let error = await #expect(throws: BackupError.self) { try await client.properties(of: "b", in: "apim-backups") }
        #expect(error?.code == test.code)
        for text in test.says {
            #expect(error?.description.contains(text) == true, "\(text) in \(error?.description ?? "")")
        }
    }

    @Test func `an account whose host is unknown is not there`() async throws {
        let client = try Fixture.blobs(ScriptedTransport([.failure(.unknownHost)]), self.clock)
        await #expect(throws: BackupError(.storageAccountNotFound, "")) { try await client.containerExists("c-1") }
    }

    @Test(arguments: ["UPPER", "a", "a/../b", "a--b", ""])
    func isNoContainer(_ name: String) async throws {
        let transport = ScriptedTransport([.success(.text(200))])
        let client = try Fixture.blobs(transport, self.clock)
        await #expect(throws: BackupError(.invalidInput, "")) { try await client.containerExists(name) }
        #expect(transport.requests.isEmpty)
    }

    @Test func `a renewal is tried once, for the lease may not outlast another attempt`() async throws {
        for answer in [HTTPExchangeResponse.text(503, "", ["Retry-After": "180"]), .text(500)] {
            let transport = ScriptedTransport([.success(answer), .success(.text(200))])
            let blobs = try Fixture.blobs(transport, self.clock)
            await #expect(throws: BackupError.self) {
                try await blobs.renewLease(LeaseID("l"), of: "v1/leases/a", in: "catalog")
            }
            #expect(transport.requests.map(\.deadline) == [.seconds(15)])
        }
        #expect(self.clock.slept.isEmpty)
    }
}
