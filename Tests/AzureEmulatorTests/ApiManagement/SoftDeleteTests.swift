import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Deleted instances")
struct SoftDeleteTests {
    /// The built-in world, whose caller may do everything.
    private static let world: World = {
        var world = World.builtIn
        let caller = world.userAssignedIdentities[0].principalID
        world.roleAssignments.append(World.assignment(caller, BuiltInRoles.owner, at: world.subscriptions[0].scope))
        return world
    }()

    private static let subscription = world.subscriptions[0].scope.path
    private static let instance = world.instances[0].id.path
    private static let list = "\(subscription)/providers/Microsoft.ApiManagement/deletedservices"
    private static let deleted =
        "\(subscription)/providers/Microsoft.ApiManagement/locations/westeurope/deletedservices/contoso-apim"
    private static let creation: JSON = [
        "location": "West Europe", "sku": ["name": "Developer", "capacity": 1],
        "properties": ["publisherEmail": "apis@contoso.example", "publisherName": "Contoso"],
    ]
    private static var recovery: JSON {
        var body = Self.creation
        body["properties"]?["restore"] = true
        return body
    }

    /// Deletes `contoso-apim` and waits for the end.
    private func emulated(state: String? = nil) async throws -> Emulated {
        let emulated = try Emulated(Self.world, state: state)
        #expect(try await emulated.manage(.delete, Self.instance).status == 202)
        emulated.clock.advance(seconds: 90)
        return emulated
    }

    @Test func `a deletion is accepted, polled and ended in the recorded shape`() async throws {
        let emulated = try Emulated(Self.world)
        let accepted = try await emulated.manage(.delete, Self.instance)
        #expect(accepted.status == 202)
        #expect(accepted.body["properties"]?["provisioningState"]?.string == "Succeeded")
        #expect(accepted.body["properties"]?["targetProvisioningState"]?.string == "Deleting")
        let location = try #require(accepted.header("Location"))
        let id = try #require(location.split(separator: "/").last?.split(separator: "?").first)
        let text = String(decoding: try #require(Data(base64Encoded: String(id))), as: UTF8.self)
        #expect(text.wholeMatch(of: /westeurope:contoso-apim_Term_[0-9a-f]{8}/) != nil)
        #expect(try await emulated.backUp().code == "ServiceLocked")
        #expect(try await emulated.manage(.delete, Self.instance).code == "ServiceLocked")
        emulated.clock.advance(seconds: 89)
        let running = try await emulated.follow(accepted)
        #expect(running.status == 202)
        #expect(running.header("Location") == location)
        emulated.clock.advance(seconds: 1)
        let ended = try await emulated.follow(accepted)
        #expect(ended.status == 200)
        #expect(ended.response.body.isEmpty)
        #expect(ended.header("Location") == nil)
        #expect(try await emulated.manage(.get, Self.instance).code == "ResourceNotFound")
        #expect(try await emulated.manage(.delete, Self.instance).status == 204)
    }

    @Test func `a deleted instance is listed and shown with its dates, and its backups stay`() async throws {
        let emulated = try Emulated(Self.world)
        _ = try await emulated.backUp()
        emulated.clock.advance(seconds: 600)
        #expect(try await emulated.manage(.get, Self.list).body["value"]?.array?.isEmpty == true)
        _ = try await emulated.manage(.delete, Self.instance)
        emulated.clock.advance(seconds: 90)
        let shown = try await emulated.manage(.get, Self.deleted)
        #expect(shown.body["id"]?.string == Self.deleted)
        #expect(shown.body["location"]?.string == "West Europe")
        #expect(shown.body["type"]?.string == "Microsoft.ApiManagement/deletedservices")
        #expect(shown.body["properties"]?["serviceId"]?.string == Self.instance)
        #expect(shown.body["properties"]?["deletionDate"]?.string?.hasPrefix("2026-11-24T01:11:30") == true)
        #expect(shown.body["properties"]?["scheduledPurgeDate"]?.string?.hasPrefix("2026-11-26T01:11:30") == true)
        let list = try await emulated.manage(.get, Self.list)
        #expect(list.body["value"]?.array == [shown.body])
        #expect(emulated.parts.store.list(account: "contosobackups", container: "apim-backups").count == 1)
        let elsewhere = Self.deleted.replacing("westeurope", with: "northeurope")
        #expect(try await emulated.manage(.get, elsewhere).code == "ServiceNotFound")
    }

    @Test func `a name stays taken until the deleted instance is recovered, purged, or 48 hours have passed`()
        async throws
    {
        let taken = try await self.emulated()
        let refused = try await taken.manage(.put, Self.instance, body: Self.creation)
        #expect(refused.code == "ServiceAlreadyExistsInSoftDeletedState")
        #expect(refused.message?.hasPrefix("Api service contoso-apim was soft-deleted.") == true)
        taken.clock.advance(seconds: 172_800 - 1)
        #expect(try await taken.manage(.get, Self.deleted).status == 200)
        taken.clock.advance(seconds: 1)
        #expect(try await taken.manage(.get, Self.deleted).status == 404)
        #expect(try await taken.manage(.put, Self.instance, body: Self.recovery).code == "ServiceUndeleteNotPossible")
        #expect(try await taken.manage(.put, Self.instance, body: Self.creation).status == 201)
    }

    @Test func `a recovery brings everything back, once a minute has passed`() async throws {
        let emulated = try await self.emulated()
        let before = Self.world.instances[0]
        let early = try await emulated.manage(.put, Self.instance, body: Self.recovery)
        #expect(early.status == 400)
        #expect(early.code == "ServiceUndeleteNotPossible")
        emulated.clock.advance(seconds: 60)
        let accepted = try await emulated.manage(.put, Self.instance, body: Self.recovery)
        #expect(accepted.status == 201)
        #expect(accepted.body["properties"]?["provisioningState"]?.string == "Created")
        #expect(accepted.body["properties"]?["targetProvisioningState"]?.string == "Activating")
        #expect(accepted.header("Azure-AsyncOperation") == accepted.header("Location"))
        #expect(try await emulated.backUp().code == "ServiceLocked")
        #expect(try await emulated.follow(accepted).body["status"]?.string == "InProgress")
        emulated.clock.advance(seconds: 1800)
        #expect(try await emulated.follow(accepted).body == ["status": "Succeeded"])
        let after = try #require(emulated.parts.cloud.read { state, _ in state.instances[before.id] })
        #expect(after.configuration == before.configuration)
        #expect(after.identity == before.identity)
        #expect(try await emulated.manage(.get, Self.list).body["value"]?.array?.isEmpty == true)
        #expect(try await emulated.backUp().status == 202)
    }

    @Test func `a purge ends in the recorded shape, and frees the name for a new, empty instance`() async throws {
        let emulated = try await self.emulated()
        let accepted = try await emulated.manage(.delete, Self.deleted)
        #expect(accepted.status == 202)
        #expect(accepted.body["name"]?.string == "contoso-apim")
        let location = try #require(accepted.header("Location"))
        #expect(location.hasPrefix("https://127.0.0.1:1001\(Self.deleted)/operationresults/"))
        #expect(try await emulated.manage(.put, Self.instance, body: Self.recovery).code == "ServiceLocked")
        #expect(try await emulated.follow(accepted).status == 202)
        emulated.clock.advance(seconds: 30)
        let ended = try await emulated.follow(accepted)
        #expect(ended.status == 200)
        #expect(ended.response.body.isEmpty)
        #expect(try await emulated.manage(.get, Self.deleted).code == "ServiceNotFound")
        #expect(try await emulated.manage(.delete, Self.deleted).status == 204)
        let made = try await emulated.manage(.put, Self.instance, body: Self.creation)
        emulated.clock.advance(seconds: 1800)
        #expect(try await emulated.follow(made).body == ["status": "Succeeded"])
        let configuration = emulated.parts.cloud.read { state, _ in
            state.instances[Scope(Self.instance)]?.configuration.contents.document
        }
        #expect(configuration?["apis"] == nil)
    }

    @Test func `versions before soft delete delete for good`() async throws {
        let emulated = try Emulated(Self.world)
        let query = "api-version=2019-12-01"
        #expect(try await emulated.manage(.delete, Self.instance, query: query).status == 202)
        emulated.clock.advance(seconds: 90)
        #expect(try await emulated.manage(.get, Self.instance).status == 404)
        #expect(try await emulated.manage(.get, Self.list).body["value"]?.array?.isEmpty == true)
    }

    @Test func `deleted, recovered and purged instances stay so over a restart`() async throws {
        try await withTemporaryFolder { folder in
            let first = try await self.emulated(state: folder)
            #expect(try await first.manage(.get, Self.deleted).status == 200)
            for _ in 1...2 {
                let again = try Emulated(Self.world, clock: first.clock, state: folder)
                #expect(try await again.manage(.get, Self.instance).status == 404)
                #expect(try await again.manage(.get, Self.deleted).status == 200)
            }
            let second = try Emulated(Self.world, clock: first.clock, state: folder)
            _ = try await second.manage(.delete, Self.deleted)
            first.clock.advance(seconds: 30)
            #expect(try await second.manage(.get, Self.deleted).status == 404)
            for _ in 1...2 {
                let again = try Emulated(Self.world, clock: first.clock, state: folder)
                #expect(try await again.manage(.get, Self.instance).status == 404)
                #expect(try await again.manage(.get, Self.deleted).status == 404)
            }
        }
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var name = "fresh-apim"
        var change: @Sendable (inout JSON) -> Void = { _ in }
        var status = 400
        var code = "InvalidParameters"
    }

    static let mistakes = [
        Mistake(testDescription: "no location", change: { $0["location"] = nil }, code: "LocationRequired"),
        Mistake(testDescription: "no sku", change: { $0["sku"] = nil }),
        Mistake(testDescription: "an unknown tier", change: { $0["sku"]?["name"] = "Gold" }),
        Mistake(testDescription: "no publisher", change: { $0["properties"]?["publisherName"] = nil }),
        Mistake(testDescription: "a name that cannot be", name: "1st", change: { _ in }),
        Mistake(
            testDescription: "a recovery of nothing",
            change: { $0["properties"]?["restore"] = true },
            code: "ServiceUndeleteNotPossible"
        ),
        Mistake(testDescription: "no object", change: { $0 = [] }, code: "InvalidRequestContent"),
    ]

    @Test(arguments: mistakes)
    func `a creation with a mistake is refused`(_ mistake: Mistake) async throws {
        let emulated = try Emulated(Self.world)
        var body = Self.creation
        mistake.change(&body)
        let path = Self.instance.replacing("contoso-apim", with: mistake.name)
        let answer = try await emulated.manage(.put, path, body: body)
        #expect(answer.status == mistake.status)
        #expect(answer.code == mistake.code)
        #expect(try await emulated.manage(.get, path).status == 404)
    }

    @Test func `PUT changes an instance that is there`() async throws {
        let emulated = try Emulated(Self.world)
        var body = Self.creation
        body["tags"] = ["team": "apis"]
        let answer = try await emulated.manage(.put, Self.instance, body: body)
        #expect(answer.status == 200)
        #expect(answer.body["tags"] == ["team": "apis"])
        #expect(answer.body["identity"]?["type"]?.string == "SystemAssigned")
    }

    @Test func `rights are looked at, each under its own name`() async throws {
        let emulated = try Emulated(Self.world)
        let outsider = LockTests.outsider
        for (method, path, action) in [
            (HTTPRequest.Method.delete, Self.instance, "service/delete"), (.put, Self.instance, "service/write"),
            (.get, Self.list, "deletedservices/read"), (.get, Self.deleted, "locations/deletedservices/read"),
            (.delete, Self.deleted, "locations/deletedservices/delete"),
        ] {
            let answer = try await emulated.manage(
                method,
                path,
                body: method == .put ? Self.creation : nil,
                as: outsider
            )
            #expect(answer.code == "AuthorizationFailed")
            #expect(answer.message?.contains("'Microsoft.ApiManagement/\(action)'") == true)
        }
    }
}
