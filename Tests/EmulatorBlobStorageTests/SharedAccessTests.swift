import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

/// The signatures were made by Azure's own Python client for the account `acme`, expiring at 02:00.
struct SharedAccessTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var method: HTTPRequest.Method = .get
        var address: String
        var query: String
        var isSecure = true
        var outcome: String
    }

    static let account =
        "st=2026-11-24T00%3A00%3A00Z&se=2026-11-24T02%3A00%3A00Z&sp=rwdl&spr=https&sv=2026-10-06&ss=b&srt=sco&"
        + "sig=dwuw8IDKvC7H/Wy1/6ppSBXaKIxg5uvv4Vf6GOg17dI%3D"
    static let objects =
        "se=2026-11-24T02%3A00%3A00Z&sp=r&sv=2026-10-06&ss=b&srt=o&sig=wJKzdnHwwXG5wQLijFAgXHMRItU/Fzmfc6TbKAa6gW0%3D"
    static let container =
        "se=2026-11-24T02%3A00%3A00Z&sp=rcl&sv=2026-10-06&sr=c&sig=oHWmPlCpPDYgH/zVisvaVrfTG9ijCC3m7HT0eVhj14A%3D"
    static let blob =
        "se=2026-11-24T02%3A00%3A00Z&sp=r&sip=127.0.0.1&sv=2026-10-06&sr=b&rsct=text/x-override&"
        + "sig=ZJtbtUEP2HotPmgOOPttSBhvxzqLsUrLkRmddBesFRw%3D"
    static let elsewhere =
        "se=2026-11-24T02%3A00%3A00Z&sp=r&sip=10.0.0.1-10.0.0.9&sv=2026-10-06&sr=b&"
        + "sig=rrrqpwC5o4Qux/8LrJco2MF4UefqNOAsbz4FkTORwH0%3D"
    static let expired =
        "se=2026-11-24T00%3A59%3A00Z&sp=r&sv=2026-10-06&sr=b&sig=v/nT4Dv9MfJM4ZVXeTX7H6PToHPCrMQXM4vwrVkPU8c%3D"
    static let early =
        "st=2026-11-24T01%3A30%3A00Z&se=2026-11-24T02%3A00%3A00Z&sp=r&sv=2026-10-06&sr=b&"
        + "sig=XcPgOd90mz0wIX4pRJ5DThGVY0tenN/CbxvyL2xQ0p8%3D"
    static let policy = "sv=2026-10-06&si=readers&sr=c&sig=N/FA7NZu0BmkHvDLrGYvkLXaO8u/DoYzb6VI%2BtsQE2s%3D"
    static let path = "/acme/vault/dir/a%20b.txt"

    static let cases = [
        Case(testDescription: "account: list containers", address: "/acme?comp=list", query: account, outcome: "200"),
        Case(testDescription: "account: read", address: path, query: account, outcome: "200"),
        Case(testDescription: "account: delete", method: .delete, address: path, query: account, outcome: "202"),
        Case(
            testDescription: "account: make a container",
            method: .put,
            address: "/acme/fresh?restype=container",
            query: account,
            outcome: "201"
        ),
        Case(
            testDescription: "account: https only",
            address: path,
            query: account,
            isSecure: false,
            outcome: "403 AuthorizationProtocolMismatch"
        ),
        Case(
            testDescription: "account: objects only",
            address: "/acme?comp=list",
            query: objects,
            outcome: "403 AuthorizationResourceTypeMismatch"
        ),
        Case(
            testDescription: "account: no delete",
            method: .delete,
            address: path,
            query: objects,
            outcome: "403 AuthorizationPermissionMismatch"
        ),
        Case(testDescription: "account: over http", address: path, query: objects, isSecure: false, outcome: "200"),
        Case(
            testDescription: "container: list",
            address: "/acme/vault?restype=container&comp=list",
            query: container,
            outcome: "200"
        ),
        Case(testDescription: "container: read", address: path, query: container, outcome: "200"),
        Case(
            testDescription: "container: create",
            method: .put,
            address: "/acme/vault/new",
            query: container,
            outcome: "201"
        ),
        Case(
            testDescription: "container: create does not overwrite",
            method: .put,
            address: path,
            query: container,
            outcome: "403 AuthorizationPermissionMismatch"
        ),
        Case(
            testDescription: "container: not another one",
            address: "/acme/other/x",
            query: container,
            outcome: "403 AuthenticationFailed"
        ),
        Case(
            testDescription: "container: not its properties",
            address: "/acme/vault?restype=container",
            query: container,
            outcome: "403 AuthorizationFailure"
        ),
        Case(testDescription: "blob: read", address: path, query: blob, outcome: "200"),
        Case(
            testDescription: "blob: not another one",
            address: "/acme/vault/other",
            query: blob,
            outcome: "403 AuthenticationFailed"
        ),
        Case(
            testDescription: "blob: from elsewhere",
            address: path,
            query: elsewhere,
            outcome: "403 AuthorizationSourceIPMismatch"
        ),
        Case(testDescription: "expired", address: path, query: expired, outcome: "403 AuthenticationFailed"),
        Case(testDescription: "too early", address: path, query: early, outcome: "403 AuthenticationFailed"),
        Case(
            testDescription: "more permission than signed",
            address: path,
            query: objects.replacing("sp=r&", with: "sp=rw&"),
            outcome: "403 AuthenticationFailed"
        ),
        Case(
            testDescription: "later expiry than signed",
            address: path,
            query: expired.replacing("T00%3A59", with: "T03%3A59"),
            outcome: "403 AuthenticationFailed"
        ),
        Case(testDescription: "unknown policy", address: path, query: policy, outcome: "403 AuthenticationFailed"),
        Case(
            testDescription: "no signature",
            address: path,
            query: "sp=r&sr=b",
            outcome: "401 NoAuthenticationInformation"
        ),
        Case(testDescription: "empty signature", address: path, query: "sig=", outcome: "403 AuthenticationFailed"),
    ]

    @Test(arguments: cases)
    func decides(_ test: Case) async throws {
        let fixture = try BlobFixture()
        try await fixture.put("dir/a%20b.txt")
        let address = test.address + (test.address.contains("?") ? "&" : "?") + test.query
        let response = await fixture.send(
            test.method,
            address,
            ["x-ms-blob-type": test.method == .put ? "BlockBlob" : ""],
            token: nil,
            isSecure: test.isSecure
        )
        #expect(response.outcome == test.outcome, "\(response.text)")
    }

    @Test
    func `a signature may dictate the answer's headers`() async throws {
        let fixture = try BlobFixture()
        try await fixture.put("dir/a%20b.txt")
        let response = await fixture.send(.get, "\(Self.path)?\(Self.blob)", token: nil)
        #expect(response.headers[.contentType] == "text/x-override")
    }

    @Test
    func `a stored policy lends its permissions until it is withdrawn`() async throws {
        let fixture = try BlobFixture()
        try await fixture.put("dir/a%20b.txt")
        let policies = """
            <?xml version="1.0" encoding="utf-8"?><SignedIdentifiers><SignedIdentifier><Id>readers</Id><AccessPolicy>\
            <Expiry>2026-11-25T00:00:00.0000000Z</Expiry><Permission>r</Permission></AccessPolicy></SignedIdentifier>\
            </SignedIdentifiers>
            """
        let acl = "/acme/vault?restype=container&comp=acl"
        #expect(await fixture.send(.put, acl, body: Data(policies.utf8)).outcome == "200")
        let address = "\(Self.path)?\(Self.policy)"
        #expect(await fixture.send(.get, address, token: nil).outcome == "200")
        #expect(await fixture.send(.delete, address, token: nil).outcome == "403 AuthorizationPermissionMismatch")
        let stored = await fixture.send(.get, acl)
        #expect(stored.values("Id") == ["readers"])
        #expect(stored.values("Permission") == ["r"])
        #expect(await fixture.send(.put, acl).outcome == "200")
        #expect(await fixture.send(.get, address, token: nil).outcome == "403 AuthenticationFailed")
    }

    @Test
    func `signatures fall with the account's keys`() async throws {
        let fixture = try BlobFixture { $0.allowSharedKeyAccess = false }
        let response = await fixture.send(.get, "\(Self.path)?\(Self.objects)", token: nil)
        #expect(response.outcome == "403 KeyBasedAuthenticationNotPermitted")
    }
}
