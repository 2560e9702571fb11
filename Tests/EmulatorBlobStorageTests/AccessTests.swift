import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

struct AccessTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var method: HTTPRequest.Method = .get
        var address = "/acme/vault/a"
        var token: String? = "owner"
        var version: String? = "2026-04-06"
        var isSecure = true
        var change: @Sendable (inout BlobAccountProperties) -> Void = { _ in }
        var outcome: String
    }

    static let cases = [
        Case(testDescription: "an owner reads", outcome: "200"),
        Case(testDescription: "a reader reads", token: "reader", outcome: "200"),
        Case(
            testDescription: "nobody reads from an account that is disabled",
            change: { $0.isDisabled = true },
            outcome: "403 AccountIsDisabled"
        ),
        Case(
            testDescription: "a reader does not delete",
            method: .delete,
            token: "reader",
            outcome: "403 AuthorizationPermissionMismatch"
        ),
        Case(testDescription: "a stranger does not read", token: "x", outcome: "403 AuthorizationPermissionMismatch"),
        Case(
            testDescription: "a stranger does not learn what is missing",
            address: "/acme/none/a",
            token: "x",
            outcome: "403 AuthorizationPermissionMismatch"
        ),
        Case(
            testDescription: "who may add writes what is new",
            method: .put,
            address: "/acme/vault/n",
            token: "adder",
            outcome: "201"
        ),
        Case(
            testDescription: "who may add does not overwrite",
            method: .put,
            token: "adder",
            outcome: "403 AuthorizationPermissionMismatch"
        ),
        Case(testDescription: "an expired token", token: "expired", outcome: "401 InvalidAuthenticationInfo"),
        Case(testDescription: "a token over http", isSecure: false, outcome: "403 AuthenticationFailed"),
        Case(testDescription: "a token in an old version", version: "2017-07-29", outcome: "403 AuthenticationFailed"),
        Case(testDescription: "a token without a version", version: nil, outcome: "403 AuthenticationFailed"),
        Case(testDescription: "a version from the future", version: "2099-01-01", outcome: "200"),
        Case(testDescription: "a version that is no date", version: "latest", outcome: "400 InvalidHeaderValue"),
        Case(testDescription: "an unknown account", address: "/other/vault/a", outcome: "404 ResourceNotFound"),
        Case(
            testDescription: "a closed firewall",
            change: { $0.firewallDefaultDeny = true },
            outcome: "403 AuthorizationFailure"
        ),
        Case(
            testDescription: "a firewall that admits callers",
            change: {
                $0.firewallDefaultDeny = true
                $0.firewallAdmitsCallers = true
            },
            outcome: "200"
        ),
        Case(
            testDescription: "a firewall that admits the caller's address",
            change: {
                $0.firewallDefaultDeny = true
                $0.addressRules = ["203.0.113.7", "127.0.0.0/8"].compactMap(AddressRule.init)
            },
            outcome: "200"
        ),
        Case(
            testDescription: "a firewall that admits other addresses",
            change: {
                $0.firewallDefaultDeny = true
                $0.addressRules = ["203.0.113.7", "128.0.0.0/8"].compactMap(AddressRule.init)
            },
            outcome: "403 AuthorizationFailure"
        ),
        Case(
            testDescription: "an address counts for nothing without a public network",
            change: {
                $0.publicNetworkAccess = false
                $0.addressRules = ["127.0.0.1"].compactMap(AddressRule.init)
            },
            outcome: "403 AuthorizationFailure"
        ),
        Case(
            testDescription: "no public network",
            change: { $0.publicNetworkAccess = false },
            outcome: "403 AuthorizationFailure"
        ),
        Case(
            testDescription: "an account for https only",
            token: nil,
            isSecure: false,
            change: { $0.httpsOnly = true },
            outcome: "400 AccountRequiresHttps"
        ),
        Case(testDescription: "nobody", token: nil, outcome: "401 NoAuthenticationInformation"),
        Case(testDescription: "nobody, in an old version", token: nil, version: nil, outcome: "404 ResourceNotFound"),
        Case(
            testDescription: "nobody, where nothing is public",
            token: nil,
            version: nil,
            change: { $0.allowBlobPublicAccess = false },
            outcome: "409 PublicAccessNotPermitted"
        ),
    ]

    @Test(arguments: cases)
    func decides(_ test: Case) async throws {
        let fixture = try BlobFixture(test.change)
        try fixture.store.put(account: "acme", container: "vault", blob: "a", content: .init("hello".utf8))
        let response = await fixture.send(
            test.method,
            test.address,
            ["x-ms-version": test.version ?? "", "x-ms-blob-type": test.method == .put ? "BlockBlob" : ""],
            token: test.token,
            isSecure: test.isSecure
        )
        #expect(response.outcome == test.outcome, "\(response.text)")
        if test.outcome.hasPrefix("401") {
            let challenge = try #require(response.headers["www-authenticate"])
            #expect(challenge.hasPrefix("Bearer authorization_uri=https://"))
            #expect(challenge.hasSuffix("resource_id=https://storage.azure.com"))
        }
    }

    @Test(arguments: [("blob", "200", "401"), ("container", "200", "200")])
    func `a public container can be read by anyone`(access: String, blob: String, list: String) async throws {
        let fixture = try BlobFixture()
        try await fixture.put("a")
        let acl = "/acme/vault?restype=container&comp=acl"
        #expect(await fixture.send(.put, acl, ["x-ms-blob-public-access": access]).outcome == "200")
        #expect(await fixture.send(.get, "/acme/vault/a", token: nil).outcome.hasPrefix(blob))
        let listing = await fixture.send(.get, "/acme/vault?restype=container&comp=list", token: nil)
        #expect(listing.outcome.hasPrefix(list))
        #expect(await fixture.send(.delete, "/acme/vault/a", token: nil).outcome == "401 NoAuthenticationInformation")
    }

    @Test
    func `an account may forbid public containers`() async throws {
        let fixture = try BlobFixture { $0.allowBlobPublicAccess = false }
        let refused = await fixture.send(
            .put,
            "/acme/open?restype=container",
            ["x-ms-blob-public-access": "blob"]
        )
        #expect(refused.outcome == "409 PublicAccessNotPermitted")
    }

    @Test(arguments: ["Basic abc", "Bearer", "SharedKey", "SharedKey acme", "Negotiate x", " "])
    func `credentials of another form are malformed`(header: String) async throws {
        let fixture = try BlobFixture()
        let refused = await fixture.send(.get, "/acme/vault/a", ["authorization": header], token: nil)
        #expect(refused.outcome == "400 InvalidAuthenticationInfo")
    }

    @Test
    func `a key of one's own signs for its owner`() async throws {
        let fixture = try BlobFixture()
        let order = "<KeyInfo><Start>2026-11-24T00:00:00Z</Start><Expiry>2026-11-25T00:00:00Z</Expiry></KeyInfo>"
        let address = "/acme/?restype=service&comp=userdelegationkey"
        let key = await fixture.send(.post, address, body: .init(order.utf8))
        #expect(key.outcome == "200")
        #expect(key.values("SignedOid") == ["owner"])
        #expect(key.values("SignedExpiry") == ["2026-11-25T00:00:00Z"])
        #expect(try #require(key.values("Value").first).count == 44)
        let long = order.replacing("2026-11-25", with: "2026-12-25")
        #expect(await fixture.send(.post, address, body: .init(long.utf8)).outcome == "400 OutOfRangeInput")
        #expect(await fixture.send(.post, address, token: "reader").outcome == "403 AuthorizationPermissionMismatch")
    }
}
