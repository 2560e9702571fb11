import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

/// Requests made of broken parts, from a seed: whatever comes, the answer is never a server's fault.
struct HostileRequestTests {
    /// SplitMix64: small, well mixed, and the same everywhere.
    struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            self.state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = self.state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    static let methods: [HTTPRequest.Method] = [.get, .put, .delete, .head, .post, .options, .patch]
    static let paths = [
        "/acme", "/acme/", "/acme/vault", "/acme/vault/", "/acme/vault/a", "/acme/vault/a", "/acme/vault/big", "/",
        "//",
        "", "/acme//a", "/acme/vault//", "/acme/vault/%", "/acme/vault/%00", "/acme/vault/%ff%fe", "/other/vault/a",
        "/acme/vault/a/../b", "/acme/%76ault/a", "/acme/va%2Fult/x", "/acme/$root/x", "*", "/acme/vault/\u{301}",
        "/acme/vault/%F0%9F%92%A9", "/acme/vault/" + String(repeating: "x/", count: 600),
    ]
    static let queries = [
        "comp=list", "restype=container", "restype=service", "comp=properties", "comp=metadata", "comp=acl",
        "comp=lease",
        "comp=block", "comp=blocklist", "blockid=AAAA", "blockid=%", "comp=batch", "comp=tags", "comp=tier",
        "comp=copy",
        "comp=undelete", "restype=account", "comp=userdelegationkey", "maxresults=-9223372036854775808", "maxresults=1",
        "marker=1!AAAA", "marker=1!//8=", "prefix=a", "prefix=%ff", "delimiter=/", "delimiter=%CC%81",
        "include=metadata,copy",
        "snapshot=x", "sig=AAAA", "sv=2026-10-06", "sr=b", "sr=c", "se=9999-12-31T23:59:59Z", "st=0001-01-01",
        "sp=rwdl",
        "sip=1.2.3.4-", "spr=ftp", "ss=b", "srt=sco", "si=x", "skoid=x", "skt=9999-99-99", "=", "&&", "comp",
        "sv=%0D%0Ax",
        "blocklisttype=all", "copyid=1", "versionid=1", "comp=immutabilitypolicies", "comp=legalhold",
        "include=versions,deleted,immutabilitypolicy,legalhold", "deletetype=permanent",
    ]
    static let headers: [(String, String)] = [
        ("x-ms-version", "0000-00-00"), ("x-ms-version", ""), ("x-ms-blob-type", "BlockBlob"),
        ("x-ms-blob-type", "PageBlob"),
        ("x-ms-range", "bytes=0-9223372036854775807"), ("x-ms-range", "bytes=9223372036854775807-"),
        ("Range", "bytes=--1"),
        ("x-ms-range", "bytes=1-0"), ("x-ms-range-get-content-md5", "true"), ("If-Match", "*"), ("If-Match", ","),
        ("If-None-Match", "\""), ("If-Modified-Since", "Tue, 99 Nov 9999 99:99:99 GMT"), ("If-Unmodified-Since", "0"),
        ("x-ms-lease-action", "acquire"), ("x-ms-lease-action", "break"), ("x-ms-lease-action", "renew"),
        ("x-ms-lease-duration", "-1"), ("x-ms-lease-duration", "15"), ("x-ms-lease-duration", "9223372036854775808"),
        ("x-ms-lease-id", "11111111-1111-1111-1111-111111111111"), ("x-ms-lease-id", "{}"),
        ("x-ms-proposed-lease-id", "11111111111111111111111111111111"), ("x-ms-lease-break-period", "-0"),
        ("x-ms-copy-source", "https://127.0.0.1/acme/vault/a"), ("x-ms-copy-source", "::::"),
        ("x-ms-copy-source", "https://h"),
        ("x-ms-copy-source", "https://h/%zz?%"), ("x-ms-meta-a", "1"), ("x-ms-meta-", ""), ("x-ms-tags", "a=b&a=c"),
        ("x-ms-tags", "%=%"), ("Content-MD5", "%"), ("Content-Type", "multipart/mixed; boundary=e"),
        ("Content-Type", "multipart/mixed; boundary="), ("x-ms-access-tier", "Cool"), ("x-ms-access-tier", "Frozen"),
        ("x-ms-blob-public-access", "container"), ("x-ms-delete-snapshots", "only"), ("x-ms-date", "x"),
        ("x-ms-client-request-id", String(repeating: "i", count: 2000)), ("Origin", "*"),
        ("Access-Control-Request-Method", ""), ("x-ms-copy-source-authorization", "Bearer"),
        ("authorization", "SharedKey acme:AAAA"), ("authorization", "SharedKeyLite acme:AAAA"),
        ("authorization", "Bearer"),
        ("authorization", "Bearer reader"), ("authorization", ":"), ("x-ms-source-if-match", "*"),
        ("x-ms-immutability-policy-until-date", "Tue, 24 Nov 9999 01:00:00 GMT"), ("x-ms-legal-hold", "maybe"),
        ("x-ms-immutability-policy-until-date", "x"), ("x-ms-immutability-policy-mode", "locked"),
    ]
    static let bodies = [
        "", "x", "<", "<BlockList><Latest>AAAA</Latest></BlockList>", "<BlockList></BlockList>", "<SignedIdentifiers/>",
        "<StorageServiceProperties><Cors/></StorageServiceProperties>",
        "<KeyInfo><Expiry>2026-11-25</Expiry></KeyInfo>",
        "<KeyInfo><Start>9999-12-31</Start><Expiry>0001-01-01</Expiry></KeyInfo>", "<a>&#x110000;</a>",
        "--e\r\nContent-Type: application/http\r\n\r\nDELETE /acme/vault/a HTTP/1.1\r\nAuthorization: Bearer owner\r\n\r\n--e--",
        "--e\r\nContent-Type: application/http\r\n\r\nPOST /acme?comp=batch HTTP/1.1\r\n\r\n--e--", "--e\n--e--",
        "<Tags><TagSet><Tag><Key></Key><Value/></Tag></TagSet></Tags>", "\u{0}\u{1}",
    ]

    /// Requests that would be right, had nobody touched them.
    static let right: [(HTTPRequest.Method, String, String, [String: String], String)] = [
        (.put, "/acme/vault/a", "", ["x-ms-blob-type": "BlockBlob"], "hello"),
        (.put, "/acme/vault/big", "comp=block&blockid=AAAA", [:], "block"),
        (.put, "/acme/vault/big", "comp=blocklist", [:], "<BlockList><Latest>AAAA</Latest></BlockList>"),
        (.put, "/acme/vault/copy", "", ["x-ms-copy-source": "https://127.0.0.1/acme/vault/a"], ""),
        (.put, "/acme/vault/a", "comp=lease", ["x-ms-lease-action": "acquire", "x-ms-lease-duration": "15"], ""),
        (.put, "/acme/vault/a", "comp=lease", ["x-ms-lease-action": "break"], ""),
        (.put, "/acme/vault/a", "comp=metadata", ["x-ms-meta-a": "1"], ""),
        (.put, "/acme/vault/a", "comp=properties", [:], ""), (.put, "/acme/vault", "restype=container", [:], ""),
        (.put, "/acme/vault", "restype=container&comp=acl", [:], "<SignedIdentifiers/>"),
        (
            .put, "/acme", "restype=service&comp=properties", [:],
            "<StorageServiceProperties><Cors/></StorageServiceProperties>"
        ),
        (.get, "/acme/vault/a", "", ["x-ms-range": "bytes=0-3"], ""), (.head, "/acme/vault/a", "", [:], ""),
        (.get, "/acme/vault", "restype=container&comp=list&maxresults=1&delimiter=/", [:], ""),
        (.get, "/acme", "comp=list", [:], ""), (.delete, "/acme/vault/a", "", [:], ""),
        (.delete, "/acme/vault", "restype=container", [:], ""),
        (.post, "/acme", "comp=batch", ["Content-Type": "multipart/mixed; boundary=e"], bodies[10]),
        (.post, "/acme", "restype=service&comp=userdelegationkey", [:], bodies[7]),
        (.put, "/acme/worm/a", "", ["x-ms-blob-type": "BlockBlob"], "hello"),
        (.put, "/acme/worm/a", "comp=metadata", ["x-ms-meta-a": "1"], ""), (.delete, "/acme/worm/a", "", [:], ""),
        (.put, "/acme/worm/a", "comp=legalhold", ["x-ms-legal-hold": "true"], ""),
        (.put, "/acme/worm/a", "comp=undelete", [:], ""),
    ]

    static func nearlyRight(using random: inout Seeded) -> EmulatedRequest {
        let (method, path, query, headers, body) = Self.right[Int(random.next() % UInt64(Self.right.count))]
        var request = EmulatedRequest(method: method, rawPath: path, rawQuery: query, body: Data(body.utf8))
        for (name, value) in headers { request.headers[name] = value }
        switch Int.random(in: 0...5, using: &random) {
        case 0: request.rawQuery += "&\(Self.queries.randomElement(using: &random) ?? "")"
        case 1: request.body = Data((Self.bodies.randomElement(using: &random) ?? "").utf8)
        case 2: request.rawPath = Self.paths.randomElement(using: &random) ?? ""
        case 3 where !body.isEmpty:
            request.body = Data(body.utf8.prefix(Int.random(in: 0..<body.utf8.count, using: &random)))
        default: break
        }
        return request
    }

    static func arbitrary(using random: inout Seeded) -> EmulatedRequest {
        EmulatedRequest(
            method: Self.methods.randomElement(using: &random) ?? .get,
            rawPath: Self.paths.randomElement(using: &random) ?? "/",
            rawQuery: (0..<Int.random(in: 0...4, using: &random))
                .compactMap { _ in Self.queries.randomElement(using: &random) }.joined(separator: "&"),
            body: Data((Self.bodies.randomElement(using: &random) ?? "").utf8)
        )
    }

    @Test(arguments: 1...8)
    func `no request gets a server's error`(seed: UInt64) async throws {
        var random = Seeded(state: seed)
        let fixture = try BlobFixture()
        try fixture.store.createContainer(
            account: "acme",
            container: "worm",
            immutability: ContainerImmutability(protectsVersions: true)
        )
        try fixture.store.keepDeleted(account: "acme", softDeleteDays: 7, isVersioned: seed.isMultiple(of: 2))
        var statuses: [Int: Int] = [:]
        for number in 0..<2500 {
            if number % 20 == 0 {
                fixture.clock.advance(seconds: 31)
                _ = await fixture.send(.put, "/acme/vault?restype=container")
            }
            var request =
                Bool.random(using: &random) ? Self.nearlyRight(using: &random) : Self.arbitrary(using: &random)
            request.isSecure = Int.random(in: 0...19, using: &random) > 0
            request.headers["x-ms-version"] = "2026-04-06"
            request.headers["authorization"] = Int.random(in: 0...9, using: &random) > 0 ? "Bearer owner" : nil
            for _ in 0..<max(0, Int.random(in: -2...3, using: &random)) {
                if let (name, value) = Self.headers.randomElement(using: &random) { request.headers[name] = value }
            }
            let response = await fixture.service.respond(to: request)
            statuses[response.status.code, default: 0] += 1
            #expect(response.status.code < 500, "\(request)")
            #expect(response.status.code < 400 || response.code != nil, "\(request)")
            #expect(request.method != .head || response.body.isEmpty, "\(request)")
        }
        // A test that never gets past the door would prove nothing.
        for status in [200, 201, 202, 400, 403, 404, 405, 409, 412] { #expect(statuses[status] != nil, "\(status)") }
    }
}
