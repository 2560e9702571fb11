import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("What lies in an instance")
struct ContentTests {
    /// An instance whose caller may write, too.
    private static func emulated(tier: Tier = .developer, pageSize: Int = 1000) throws -> Emulated {
        var world = World.builtIn
        world.rules.pageSize = pageSize
        world.instances[0].tier = tier
        let runner = try #require(world.userAssignedIdentities.first).principalID
        let role = BuiltInRoles.apiManagementContributor
        world.roleAssignments.append(World.assignment(runner, role, at: world.instances[0].id))
        return try Emulated(world)
    }

    private static let instance = World.builtIn.instances[0].id.path

    private static func names(_ answer: Answer) -> [String] {
        answer.body["value"]?.array?.compactMap { $0["name"]?.string } ?? []
    }

    @Test func `a list has pages, a count, and a link from each page to the next`() async throws {
        let emulated = try Self.emulated(pageSize: 10)
        var names: [String] = []
        var query: String? = "api-version=2024-05-01"
        var pages = 0
        while let asked = query {
            let page = try await emulated.manage(.get, "\(Self.instance)/apis", query: asked)
            #expect(page.status == 200)
            #expect(page.body["count"]?.integer == 37)
            names += Self.names(page)
            pages += 1
            query = page.body["nextLink"]?.string?.split(separator: "?", maxSplits: 1).last.map(String.init)
        }
        #expect(pages == 4)
        #expect(names.count == 37)
        #expect(Set(names).count == 37)
        #expect(names.contains("orders-v1;rev=2"))
        let few = try await emulated.manage(
            .get,
            "\(Self.instance)/apis",
            query: "api-version=2024-05-01&$top=3&$skip=2"
        )
        #expect(Self.names(few) == Array(names[2..<5]))
    }

    struct Shown: CustomTestStringConvertible {
        var path: String
        var count: Int
        var testDescription: String { self.path }

        static let all = [
            Self(path: "apis/orders-v1/operations", count: 5), Self(path: "apis/ORDERS-v1/policies", count: 1),
            Self(path: "apis/orders-v1/releases", count: 1), Self(path: "apis/orders-v1/revisions", count: 2),
            Self(path: "apis/orders-v1/tags", count: 1), Self(path: "tagResources", count: 1),
            Self(path: "products", count: 4), Self(path: "products/starter/groups", count: 2),
            Self(path: "namedValues", count: 18), Self(path: "backends", count: 8), Self(path: "policies", count: 1),
            Self(path: "policyFragments", count: 1), Self(path: "subscriptions", count: 3),
            Self(path: "groups", count: 4), Self(path: "users", count: 3), Self(path: "tags", count: 3),
            Self(path: "gateways", count: 0), Self(path: "loggers", count: 1), Self(path: "diagnostics", count: 1),
            Self(path: "certificates", count: 1), Self(path: "caches", count: 0), Self(path: "schemas", count: 0),
            Self(path: "identityProviders", count: 0), Self(path: "authorizationServers", count: 0),
            Self(path: "apiVersionSets", count: 1),
        ]
    }

    @Test(arguments: Shown.all) func `every list shows what the configuration holds`(_ shown: Shown) async throws {
        let answer = try await Self.emulated().manage(.get, "\(Self.instance)/\(shown.path)")
        #expect(answer.status == 200, "\(answer.body.text)")
        #expect(answer.body["value"]?.array?.count == shown.count)
    }

    @Test func `no list shows a secret`() async throws {
        let emulated = try Self.emulated()
        let values = try await emulated.manage(.get, "\(Self.instance)/namedValues").body["value"]?.array ?? []
        for value in values {
            let isSecret = value["properties"]?["secret"]?.bool == true
            #expect((value["properties"]?["value"] == nil) == isSecret)
        }
        let subscriptions = try await emulated.manage(.get, "\(Self.instance)/subscriptions").body["value"]?.array ?? []
        #expect(subscriptions.allSatisfy { $0["properties"]?["primaryKey"] == .null })
        let told = try await emulated.manage(.post, "\(Self.instance)/namedValues/setting-3/listValue", body: [:])
        #expect(told.body["value"]?.string?.hasPrefix("value-") == true)
    }

    @Test func `a change counts for the ETag of what it writes, and only with the present one`() async throws {
        let emulated = try Self.emulated()
        let path = "\(Self.instance)/namedValues/greeting"
        let body: JSON = ["properties": ["displayName": "greeting", "value": "hello"]]
        let made = try await emulated.manage(.put, path, body: body)
        #expect(made.status == 201)
        let first = try #require(made.header("ETag"))
        #expect(try await emulated.manage(.head, path).header("ETag") == first)
        let change: JSON = ["properties": ["value": "good day"]]
        #expect(try await emulated.manage(.patch, path, body: change).status == 400)
        let changed = try await emulated.manage(.patch, path, body: change, headers: [.ifMatch: first])
        #expect(changed.status == 200)
        #expect(changed.header("ETag") != first)
        let stale = try await emulated.manage(.delete, path, headers: [.ifMatch: first])
        #expect(stale.status == 412)
        #expect(stale.code == "PreconditionFailed")
        #expect(try await emulated.manage(.delete, path, headers: [.ifMatch: "*"]).status == 200)
        #expect(try await emulated.manage(.get, path).code == "ResourceNotFound")
    }

    @Test func `an API that goes leaves its products, and its revisions where that is asked for`() async throws {
        let emulated = try Self.emulated()
        let link = "\(Self.instance)/products/starter/apis/orders-v1"
        #expect([200, 201].contains(try await emulated.manage(.put, link).status))
        let path = "\(Self.instance)/apis/orders-v1"
        #expect(try await emulated.manage(.get, "\(path)/products").body["value"]?.array?.isEmpty == false)
        let query = "api-version=2024-05-01&deleteRevisions=true"
        let gone = try await emulated.manage(.delete, path, query: query, headers: [.ifMatch: "*"])
        #expect(gone.status == 204)
        #expect(try await emulated.manage(.get, link).status == 404)
        #expect(Self.names(try await emulated.manage(.get, "\(Self.instance)/apis")).count == 35)
        #expect(try await emulated.manage(.get, "\(path)/operations").code == "ResourceNotFound")
    }

    @Test func `what is missing is named field by field`() async throws {
        let answer = try await Self.emulated().manage(
            .put,
            "\(Self.instance)/apis/orders-v1/operations/new",
            body: ["properties": ["displayName": "New"]]
        )
        #expect(answer.code == "ValidationError")
        let targets = answer.body["error"]?["details"]?.array?.compactMap { $0["target"]?.string }
        #expect(targets == ["method", "urlTemplate"])
    }

    @Test(arguments: [(Tier.consumption, "users"), (.basic, "gateways"), (.standardV2, "workspaces")])
    func `a tier says so where it lacks a kind`(_ tier: Tier, _ list: String) async throws {
        let answer = try await Self.emulated(tier: tier).manage(.get, "\(Self.instance)/\(list)")
        #expect(answer.status == 400)
        #expect(answer.code == "MethodNotAllowedInPricingTier")
    }

    @Test func `whoever may back up may read, and may not write`() async throws {
        let emulated = try Emulated()
        #expect(try await emulated.manage(.get, "\(Self.instance)/apis").status == 200)
        let refused = try await emulated.manage(
            .put,
            "\(Self.instance)/tags/new",
            body: ["properties": ["displayName": "new"]]
        )
        #expect(refused.code == "AuthorizationFailed")
        #expect(refused.message?.contains("Microsoft.ApiManagement/service/tags/write") == true)
    }

    @Test func `changes stay over a restart, with their ETags`() async throws {
        try await withTemporaryFolder { folder in
            let world = try Self.emulated().world
            let first = try Emulated(world, state: folder)
            let (tag, api) = ("\(Self.instance)/tags/new", "\(Self.instance)/apis/orders-v1")
            let body: JSON = ["properties": ["displayName": "new"]]
            let etag = try await first.manage(.put, tag, body: body).header("ETag")
            #expect(try await first.manage(.delete, api, headers: [.ifMatch: "*"]).status == 204)
            let second = try Emulated(world, state: folder)
            #expect(etag != nil)
            #expect(try await second.manage(.head, tag).header("ETag") == etag)
            #expect(try await second.manage(.get, api).status == 404)
        }
    }

    @Test func `a restore brings back what was changed since, under new ETags`() async throws {
        let emulated = try Self.emulated()
        let path = "\(Self.instance)/apis/orders-v1"
        let before = try #require(try await emulated.manage(.head, path).header("ETag"))
        _ = try await emulated.backUp()
        emulated.clock.advance(seconds: 700)
        #expect(try await emulated.manage(.delete, path, headers: [.ifMatch: "*"]).status == 204)
        _ = try await emulated.backUp(action: "restore")
        emulated.clock.advance(seconds: 3600)
        let after = try await emulated.manage(.get, path)
        #expect(after.status == 200)
        #expect(after.header("ETag") != before)
        #expect(try await emulated.manage(.get, "\(path)/operations").body["value"]?.array?.count == 5)
    }
}

@Suite("Contents as a document")
struct ContentDocumentTests {
    @Test func `a document is read as it was written`() throws {
        let contents = GeneratedConfiguration.contents(of: "contoso-apim")
        #expect(try ContentNode(document: contents.document) == contents)
    }

    @Test(arguments: [
        (#"{"apis": [{"name": "a", "operation": []}]}"#, "apis[0].operation"), (#"{"apis": {}}"#, "apis"),
        (#"{"apis": [{"properties": {}}]}"#, "apis[0]"),
        (#"{"tags": [{"name": "t", "properties": 1}]}"#, "tags[0].properties"),
        (#"[]"#, ""),
    ])
    func `a mistake is named with its place`(_ text: String, _ path: String) throws {
        let document = try JSONParser.parse(Data(text.utf8)).value
        let mistake = #expect(throws: ContentNode.DocumentMistake.self) { try ContentNode(document: document) }
        #expect(mistake?.path == path)
    }
}
