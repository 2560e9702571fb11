import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

struct ContainerTests {
    @Test
    func `a container is made once and deleted once`() async throws {
        let fixture = try BlobFixture()
        let made = await fixture.send(.put, "/acme/fresh?restype=container", ["x-ms-meta-a": "1"])
        #expect(made.outcome == "201")
        #expect(made.headers[.eTag] != nil)
        #expect(await fixture.send(.put, "/acme/fresh?restype=container").outcome == "409 ContainerAlreadyExists")
        let seen = await fixture.send(.get, "/acme/fresh?restype=container")
        #expect(seen.headers["x-ms-meta-a"] == "1")
        #expect(seen.headers["x-ms-lease-state"] == "available")
        #expect(seen.headers["x-ms-has-legal-hold"] == "false")
        #expect(await fixture.send(.head, "/acme/fresh?restype=container").outcome == "200")
        #expect(await fixture.send(.delete, "/acme/fresh?restype=container").outcome == "202")
        #expect(await fixture.send(.get, "/acme/fresh?restype=container").outcome == "404 ContainerNotFound")
        #expect(await fixture.send(.delete, "/acme/fresh?restype=container").outcome == "404 ContainerNotFound")
    }

    @Test
    func `a deleted container leaves no blobs behind`() async throws {
        let fixture = try BlobFixture()
        try await fixture.put("a")
        _ = await fixture.send(.delete, "/acme/vault?restype=container")
        fixture.clock.advance(seconds: 30)
        _ = await fixture.send(.put, "/acme/vault?restype=container")
        #expect(await fixture.send(.get, "/acme/vault/a").outcome == "404 BlobNotFound")
    }

    @Test
    func `the name of a deleted container is free after half a minute`() async throws {
        let fixture = try BlobFixture()
        _ = await fixture.send(.delete, "/acme/vault?restype=container")
        #expect(await fixture.send(.put, "/acme/vault?restype=container").outcome == "409 ContainerBeingDeleted")
        #expect(await fixture.send(.head, "/acme/vault?restype=container").outcome == "404 ContainerNotFound")
        #expect(throws: StorageError.self) {
            try fixture.store.createContainer(account: "acme", container: "vault")
        }
        fixture.clock.advance(seconds: 30)
        #expect(await fixture.send(.put, "/acme/vault?restype=container").outcome == "201")
    }

    @Test
    func `metadata is replaced`() async throws {
        let fixture = try BlobFixture()
        let address = "/acme/vault?restype=container&comp=metadata"
        let set = await fixture.send(.put, address, ["x-ms-meta-b": "2"])
        #expect(set.outcome == "200")
        let seen = await fixture.send(.get, address)
        #expect(seen.headers["x-ms-meta-b"] == "2")
        #expect(seen.headers[.eTag] == set.headers[.eTag])
    }

    @Test
    func `a leased container is deleted only with the lease`() async throws {
        let fixture = try BlobFixture()
        let address = "/acme/vault?restype=container&comp=lease"
        let lease = await fixture.send(.put, address, ["x-ms-lease-action": "acquire", "x-ms-lease-duration": "-1"])
        let id = try #require(lease.headers["x-ms-lease-id"])
        try await fixture.put("a")
        #expect(await fixture.send(.delete, "/acme/vault?restype=container").outcome == "412 LeaseIdMissing")
        let other = ["x-ms-lease-id": "11111111-1111-1111-1111-111111111111"]
        let wrong = await fixture.send(
            .delete,
            "/acme/vault?restype=container",
            ["x-ms-lease-id": try #require(other["x-ms-lease-id"])]
        )
        #expect(wrong.outcome == "412 LeaseIdMismatchWithContainerOperation")
        let right = await fixture.send(.delete, "/acme/vault?restype=container", ["x-ms-lease-id": id])
        #expect(right.outcome == "202")
    }

    struct Action: CustomTestStringConvertible, Sendable {
        var headers: [String: String]
        var outcome: String

        var testDescription: String { self.headers["x-ms-lease-action"] ?? "nothing" }
    }

    static let actions = [
        Action(headers: ["x-ms-lease-action": "renew", "x-ms-lease-id": "1-1"], outcome: "400 InvalidHeaderValue"),
        Action(headers: ["x-ms-lease-action": "renew"], outcome: "400 MissingRequiredHeader"),
        Action(headers: ["x-ms-lease-action": "steal"], outcome: "400 InvalidHeaderValue"),
        Action(headers: [:], outcome: "400 MissingRequiredHeader"),
        Action(headers: ["x-ms-lease-action": "break"], outcome: "409 LeaseNotPresentWithLeaseOperation"),
        Action(
            headers: ["x-ms-lease-action": "break", "x-ms-lease-break-period": "61"],
            outcome: "400 InvalidHeaderValue"
        ),
        Action(
            headers: ["x-ms-lease-action": "release", "x-ms-lease-id": "{11111111-1111-1111-1111-111111111111}"],
            outcome: "409 LeaseIdMismatchWithLeaseOperation"
        ),
    ]

    @Test(arguments: actions)
    func `lease requests are checked`(action: Action) async throws {
        let fixture = try BlobFixture()
        var request = BlobFixture.request(.put, "/acme/vault?restype=container&comp=lease")
        request.headers["authorization"] = "Bearer owner"
        for (name, value) in action.headers { request.headers[name] = value }
        #expect(await fixture.service.respond(to: request).outcome == action.outcome)
    }

    @Test
    func `the blob service's settings are kept and rules across origins known`() async throws {
        let fixture = try BlobFixture()
        let address = "/acme/?restype=service&comp=properties"
        let settings = """
            <StorageServiceProperties><Cors><CorsRule><AllowedOrigins>https://a.example</AllowedOrigins>\
            <AllowedMethods>GET,PATCH</AllowedMethods><AllowedHeaders>x-ms-*</AllowedHeaders>\
            <ExposedHeaders></ExposedHeaders><MaxAgeInSeconds>60</MaxAgeInSeconds></CorsRule></Cors>\
            <DeleteRetentionPolicy><Enabled>true</Enabled><Days>7</Days></DeleteRetentionPolicy></StorageServiceProperties>
            """
        #expect(await fixture.send(.put, address, body: Data(settings.utf8)).outcome == "202")
        let read = await fixture.send(.get, address)
        #expect(read.values("AllowedMethods") == ["GET,PATCH"])
        #expect(read.values("DeleteRetentionPolicy") == ["<Enabled>true</Enabled><Days>7</Days>"])
        #expect(fixture.store.corsRules(account: "acme").map(\.allowedMethods) == ["GET,PATCH"])
        let asked = await fixture.send(
            .options,
            "/acme/vault/a",
            [
                "Origin": "https://a.example", "Access-Control-Request-Method": "PATCH",
                "Access-Control-Request-Headers": "x-ms-date",
            ],
            token: nil
        )
        #expect(asked.outcome == "200")
        let refused = await fixture.send(
            .options,
            "/acme/vault/a",
            ["Origin": "https://b.example", "Access-Control-Request-Method": "GET"],
            token: nil
        )
        #expect(refused.outcome == "403 CorsPreflightFailure")
        let broken = Data("<StorageServiceProperties><Cors><CorsRule/></Cors></StorageServiceProperties>".utf8)
        #expect(await fixture.send(.put, address, body: broken).outcome == "400 InvalidXmlDocument")
        let strange = Data(settings.replacing("PATCH", with: "FOO").utf8)
        #expect(await fixture.send(.put, address, body: strange).outcome == "400 InvalidXmlDocument")
    }

    @Test
    func `an account tells its kind`() async throws {
        let fixture = try BlobFixture()
        let account = await fixture.send(.get, "/acme/?restype=account&comp=properties")
        #expect(account.headers["x-ms-account-kind"] == "StorageV2")
        #expect(account.headers["x-ms-sku-name"] == "Standard_LRS")
    }
}
