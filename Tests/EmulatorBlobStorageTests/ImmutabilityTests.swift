import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

/// Policies and legal holds, of whole containers and of single versions.
struct ImmutabilityTests {
    static let until = "x-ms-immutability-policy-until-date"
    static let mode = "x-ms-immutability-policy-mode"
    static let tomorrow = "Wed, 25 Nov 2026 01:00:00 GMT"
    static let nextWeek = "Tue, 01 Dec 2026 01:00:00 GMT"

    /// A container `worm` with a blob `a`.
    func fixture(
        _ immutability: ContainerImmutability,
        _ change: (inout BlobAccountProperties) -> Void = { _ in }
    ) async throws -> BlobFixture {
        let fixture = try BlobFixture(change)
        try fixture.store.keepDeleted(
            account: "acme",
            softDeleteDays: nil,
            isVersioned: immutability.protectsVersions
        )
        try fixture.store.createContainer(account: "acme", container: "worm", immutability: immutability)
        let made = await fixture.send(
            .put,
            "/acme/worm/a",
            ["x-ms-blob-type": "BlockBlob"],
            body: Data("one".utf8)
        )
        #expect(made.outcome == "201")
        return fixture
    }

    struct Attempt: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var method: HTTPRequest.Method = .put
        var query = ""
        var headers: KeyValuePairs<String, String> = [:]
        /// What it gets under a policy of the container that has run out.
        var afterwards: String

        func send(_ fixture: BlobFixture) async -> String {
            await fixture.send(self.method, "/acme/worm/a\(self.query)", self.headers).outcome
        }
    }

    static let attempts = [
        Attempt(
            testDescription: "written over",
            headers: ["x-ms-blob-type": "BlockBlob"],
            afterwards: "409 BlobImmutableDueToPolicy"
        ),
        Attempt(
            testDescription: "described",
            query: "?comp=metadata",
            headers: ["x-ms-meta-k": "v"],
            afterwards: "409 BlobImmutableDueToPolicy"
        ),
        Attempt(
            testDescription: "given other content headers",
            query: "?comp=properties",
            afterwards: "409 BlobImmutableDueToPolicy"
        ),
        Attempt(testDescription: "deleted", method: .delete, afterwards: "202"),
    ]

    @Test(arguments: attempts)
    func `under a container's policy a blob is not touched for its days, and never written over`(
        _ attempt: Attempt
    ) async throws {
        let fixture = try await self.fixture(ContainerImmutability(days: 2))
        let container = await fixture.send(.head, "/acme/worm?restype=container")
        #expect(container.headers["x-ms-has-immutability-policy"] == "true")
        #expect(await fixture.send(.get, "/acme?comp=list").values("HasImmutabilityPolicy").contains("true"))
        #expect(await fixture.send(.head, "/acme/worm/a").headers[Self.until] == nil, "a look at the blob says nothing")
        #expect(await attempt.send(fixture) == "409 BlobImmutableDueToPolicy")
        #expect(throws: StorageError.self) {
            try fixture.store.put(account: "acme", container: "worm", blob: "a", content: Data())
        }
        #expect(throws: StorageError.self) {
            try fixture.store.delete(account: "acme", container: "worm", name: "a")
        }
        #expect(await fixture.send(.delete, "/acme/worm?restype=container").outcome == "409 BlobImmutableDueToPolicy")
        fixture.clock.advance(seconds: 2 * 86_400)
        #expect(await attempt.send(fixture) == attempt.afterwards)
    }

    @Test(arguments: attempts)
    func `a container's legal hold forbids the same for as long as it is there`(_ attempt: Attempt) async throws {
        let fixture = try await self.fixture(ContainerImmutability(hasLegalHold: true))
        let container = await fixture.send(.head, "/acme/worm?restype=container")
        #expect(container.headers["x-ms-has-legal-hold"] == "true")
        fixture.clock.advance(seconds: 400 * 86_400)
        #expect(await attempt.send(fixture) == "409 BlobImmutableDueToLegalHold")
        #expect(
            await fixture.send(.put, "/acme/worm/a?comp=tags", body: Data("<Tags><TagSet/></Tags>".utf8)).outcome
                == "204"
        )
    }

    @Test
    func `a look at a blob shows its container's policy where that is assumed`() async throws {
        let shows: (inout BlobAccountProperties) -> Void = { $0.answers.showsContainerImmutability = true }
        let fixture = try await self.fixture(ContainerImmutability(days: 1, hasLegalHold: true), shows)
        let seen = await fixture.send(.head, "/acme/worm/a")
        #expect(seen.headers[Self.until] == Self.tomorrow)
        #expect(seen.headers["x-ms-legal-hold"] == "true")
    }

    @Test
    func `a version's own policy is set, shown, extended and deleted`() async throws {
        let fixture = try await self.fixture(ContainerImmutability(protectsVersions: true))
        let policy = "/acme/worm/a?comp=immutabilityPolicies"
        let etag = await fixture.send(.head, "/acme/worm/a").headers[.eTag]
        #expect(await fixture.send(.put, policy).outcome == "400 MissingRequiredHeader")
        #expect(await fixture.send(.put, policy, [Self.until: "soon"]).outcome == "400 InvalidHeaderValue")
        let past = "Mon, 23 Nov 2026 01:00:00 GMT"
        #expect(await fixture.send(.put, policy, [Self.until: past]).outcome == "400 InvalidHeaderValue")
        let set = await fixture.send(.put, policy, [Self.until: Self.nextWeek])
        #expect(set.headers[Self.mode] == "unlocked")
        #expect(await fixture.send(.put, policy, [Self.until: Self.tomorrow]).outcome == "200")
        let seen = await fixture.send(.head, "/acme/worm/a")
        #expect(seen.headers[Self.until] == Self.tomorrow)
        #expect(seen.headers[.eTag] == etag)
        #expect(await fixture.send(.delete, policy).outcome == "200")
        #expect(await fixture.send(.head, "/acme/worm/a").headers[Self.until] == nil)
        let locked = await fixture.send(.put, policy, [Self.until: Self.tomorrow, Self.mode: "locked"])
        #expect(locked.headers[Self.mode] == "locked")
        #expect(await fixture.send(.delete, policy).outcome == "409 BlobImmutableDueToPolicy")
        #expect(await fixture.send(.put, policy, [Self.until: Self.nextWeek]).headers[Self.mode] == "locked")
        #expect(
            await fixture.send(.put, policy, [Self.until: Self.tomorrow]).outcome == "409 BlobImmutableDueToPolicy"
        )
        let reader = await fixture.send(.put, policy, [Self.until: Self.nextWeek], token: "reader")
        #expect(reader.outcome == "403 AuthorizationPermissionMismatch")
        let listed = await fixture.send(
            .get,
            "/acme/worm?restype=container&comp=list&include=immutabilitypolicy,legalhold"
        )
        #expect(listed.values("ImmutabilityPolicyUntilDate") == [Self.nextWeek])
    }

    @Test
    func `a protected version is written over, and stays as an earlier one that nobody deletes`() async throws {
        let fixture = try await self.fixture(ContainerImmutability(protectsVersions: true, versionDays: 1))
        let first = await fixture.send(.head, "/acme/worm/a")
        #expect(first.headers[Self.until] == Self.tomorrow, "the container's days")
        let version = try #require(first.headers["x-ms-version-id"])
        let metadata = await fixture.send(.put, "/acme/worm/a?comp=metadata", ["x-ms-meta-k": "v"])
        #expect(metadata.outcome == "409 BlobImmutableDueToPolicy")
        #expect(await fixture.send(.put, "/acme/worm/a", ["x-ms-blob-type": "BlockBlob"]).outcome == "201")
        let earlier = "/acme/worm/a?versionid=\(version)"
        #expect(await fixture.send(.get, earlier).headers[Self.until] == Self.tomorrow)
        #expect(await fixture.send(.delete, earlier).outcome == "409 BlobImmutableDueToPolicy")
        let held = ["x-ms-legal-hold": "true"] as KeyValuePairs
        let hold = await fixture.send(.put, "/acme/worm/a?comp=legalhold&versionid=\(version)", held)
        #expect(hold.headers["x-ms-legal-hold"] == "true")
        fixture.clock.advance(seconds: 86_400)
        #expect(await fixture.send(.delete, earlier).outcome == "409 BlobImmutableDueToLegalHold")
        #expect(await fixture.send(.head, "/acme/worm/a").headers["x-ms-legal-hold"] == nil)
        let free = ["x-ms-legal-hold": "false"] as KeyValuePairs
        _ = await fixture.send(.put, "/acme/worm/a?comp=legalhold&versionid=\(version)", free)
        #expect(await fixture.send(.delete, earlier).outcome == "202")
        #expect(await fixture.send(.delete, "/acme/worm?restype=container").outcome == "409 BlobImmutableDueToPolicy")
    }

    @Test(arguments: [(false, "202"), (true, "409 BlobImmutableDueToLegalHold")])
    func `the deletion of a protected current version is answered as assumed`(
        _ refuses: Bool,
        _ outcome: String
    ) async throws {
        let fixture = try await self.fixture(ContainerImmutability(protectsVersions: true)) {
            $0.answers.refusesProtectedVersions = refuses
        }
        _ = await fixture.send(.put, "/acme/worm/a?comp=legalhold", ["x-ms-legal-hold": "true"])
        let version = try #require(await fixture.send(.head, "/acme/worm/a").headers["x-ms-version-id"])
        #expect(await fixture.send(.delete, "/acme/worm/a").outcome == outcome)
        #expect(await fixture.send(.get, "/acme/worm/a?versionid=\(version)").text == "one")
    }

    @Test(arguments: ["?comp=legalhold", "?comp=immutabilityPolicies", ""])
    func `a container that protects no versions takes no protection`(_ query: String) async throws {
        let fixture = try BlobFixture()
        try await fixture.put("a")
        let headers: KeyValuePairs = [
            "x-ms-blob-type": "BlockBlob", "x-ms-legal-hold": "true", Self.until: Self.tomorrow,
        ]
        let refused = await fixture.send(.put, "/acme/vault/a\(query)", headers)
        #expect(refused.outcome == "409 FeatureNotSupportedForAccount")
        #expect(await fixture.text("a") == "hello")
    }
}
