import BackupDomain
import Foundation
import Testing

@testable import Inventory

@Suite("Gathering")
struct GatheringTests {
    private func gather(
        _ script: [String: [Result<ManagementAnswer, BackupError>]],
        level: InventoryLevel = .names
    ) async throws -> (gathering: InventoryGatherer.Gathering, calls: [String]) {
        let plane = ScriptedContents(script)
        let gatherer = InventoryGatherer(plane: plane, width: 3)
        let instance = try #require(ScriptedContents.instance)
        return (try await gatherer.gather(instance, tier: Tier("Developer"), level: level), plane.calls)
    }

    private func paths(_ inventory: Inventory) -> [String] { inventory.items.map(\.path) }

    @Test func `follows pages, and reads what lies in what it finds`() async throws {
        let (found, calls) = try await self.gather([
            "apis": [.success(ScriptedContents.page(["a"], count: 2, next: "more"))],
            "more": [.success(ScriptedContents.page(["b"], count: 2))],
            "apis/a/operations": [.success(ScriptedContents.page(["list"]))],
        ])
        #expect(self.paths(found.inventory) == ["apis/a", "apis/a/operations/list", "apis/b"])
        #expect(found.inventory.gaps.isEmpty)
        #expect(found.calls == calls.count)
        #expect(!calls.contains("apis/a/operations/list/policies"))
    }

    @Test func `reads the policies of operations, releases and other revisions at level full only`() async throws {
        let revision: JSONValue = .object([
            "name": .string("a;rev=2"), "properties": .object(["isCurrent": .boolean(false)]),
        ])
        let script: [String: [Result<ManagementAnswer, BackupError>]] = [
            "apis": [.success(ScriptedContents.page(of: [.object(["name": .string("a")]), revision]))],
            "apis/a/operations": [.success(ScriptedContents.page(["list"]))],
        ]
        let only = ["apis/a/operations/list/policies", "apis/a/releases", "apis/a;rev=2/operations"]
        let names = try await self.gather(script).calls
        let full = try await self.gather(script, level: .full).calls
        for list in only {
            #expect(!names.contains(list))
            #expect(full.contains(list))
        }
    }

    @Test(arguments: [
        (InventoryLevel.names, 25 + 2 * 2 + 3 * 1), (.full, 25 + 3 * 3 + 1 + 2 + 3 * 1),
        (.everything, 25 + 7 * 3 + 1 + 2 + 4 * 1),
    ])
    func `makes as many calls as the formula says`(_ level: InventoryLevel, _ calls: Int) async throws {
        // Three APIs, one of them GraphQL and one another revision; an operation and a resolver; a product.
        func api(_ name: String, _ member: String, _ value: JSONValue) -> JSONValue {
            .object(["name": .string(name), "properties": .object([member: value])])
        }
        let apis = [
            api("a", "isCurrent", .boolean(true)), api("a;rev=2", "isCurrent", .boolean(false)),
            api("g", "type", .string("graphql")),
        ]
        let (found, made) = try await self.gather(
            [
                "apis": [.success(ScriptedContents.page(of: apis))],
                "apis/a/operations": [.success(ScriptedContents.page(["list"]))],
                "apis/g/resolvers": [.success(ScriptedContents.page(["r"]))],
                "products": [.success(ScriptedContents.page(["p"]))],
            ],
            level: level
        )
        #expect(found.calls == calls)
        #expect(made.count == calls)
        #expect(made.contains("apis/g/resolvers/r/policies") == (level >= .full))
        #expect(!made.contains("apis/a/resolvers"))
        #expect(made.contains("apis/a;rev=2/schemas") == (level == .everything))
    }

    @Test func `takes a list that changes under its hands once more, then marks it`() async throws {
        let changing = ScriptedContents.page(["a"], count: 2, next: "more")
        let (settled, _) = try await self.gather([
            "tags": [.success(changing), .success(ScriptedContents.page(["a", "b", "c"], count: 3))],
            "more": [.success(ScriptedContents.page(["b", "c"], count: 3))],
        ])
        #expect(settled.inventory.gaps.isEmpty)
        #expect(settled.inventory.counts["tags"] == 3)
        let (marked, calls) = try await self.gather([
            "tags": [.success(changing)], "more": [.success(ScriptedContents.page(["b", "c"], count: 3))],
        ])
        #expect(marked.inventory.gaps == [InventoryGap(list: "tags", reason: .changing)])
        #expect(marked.inventory.counts["tags"] == 3)
        #expect(calls.filter { $0 == "tags" }.count == 2)
    }

    struct Missing: CustomTestStringConvertible {
        var testDescription: String
        var answer: Result<ManagementAnswer, BackupError>
        var list = "gateways"
        var reason: InventoryGap.Reason

        static let all: [Self] = [
            Self(
                testDescription: "not in the tier",
                answer: .success(ManagementAnswer(status: 400, code: "MethodNotAllowedInPricingTier")),
                reason: .notOffered
            ),
            Self(testDescription: "not known", answer: .success(ManagementAnswer(status: 404)), reason: .notOffered),
            Self(testDescription: "forbidden", answer: .success(ManagementAnswer(status: 403)), reason: .forbidden),
            Self(testDescription: "failed", answer: .success(ManagementAnswer(status: 500)), reason: .failed),
            Self(testDescription: "too large", answer: .failure(BackupError(.answerTooLarge, "/u")), reason: .tooLarge),
            Self(
                testDescription: "gone",
                answer: .success(ManagementAnswer(status: 404)),
                list: "apis/a/policies",
                reason: .gone
            ),
        ]
    }

    @Test(arguments: Missing.all) func `notes what it cannot read, and goes on`(_ missing: Missing) async throws {
        let (found, _) = try await self.gather([
            "apis": [.success(ScriptedContents.page(["a"]))], missing.list: [missing.answer],
        ])
        #expect(found.inventory.gaps.map(\.reason) == [missing.reason])
        #expect(found.inventory.gaps.map(\.list) == [missing.list])
        #expect(found.inventory.counts["apis"] == 1)
    }

    @Test func `asks no more where the first list is forbidden`() async throws {
        let plane = ScriptedContents(["apis": [.success(ManagementAnswer(status: 403, code: "AuthorizationFailed"))]])
        let instance = try #require(ScriptedContents.instance)
        await #expect(throws: BackupError(.permissionDenied, "")) {
            try await InventoryGatherer(plane: plane).gather(instance, tier: Tier("Developer"), level: .full)
        }
        #expect(plane.calls == ["apis"])
    }

    @Test func `refuses pages that lead in a circle`() async throws {
        let page = ScriptedContents.page(["a"], next: "apis")
        await #expect(throws: BackupError(.malformedAnswer, "")) { try await self.gather(["apis": [.success(page)]]) }
    }

    @Test func `keeps digests of policies and of addresses, uses of tags, and ids without the instance`() async throws {
        let instance = try #require(ScriptedContents.instance).text
        func element(_ name: String, _ properties: [String: JSONValue]) -> JSONValue {
            .object(["name": .string(name), "properties": .object(properties)])
        }
        let (found, _) = try await self.gather([
            "policies": [.success(ScriptedContents.page(of: [element("policy", ["value": .string("<policies/>")])]))],
            "users": [.success(ScriptedContents.page(of: [element("1", ["email": .string("A@x.example")])]))],
            "subscriptions": [
                .success(
                    ScriptedContents.page(of: [
                        element(
                            "s",
                            [
                                "scope": .string("\(instance)/products/p"), "ownerId": .string("\(instance)/users/Ada"),
                            ]
                        )
                    ])
                )
            ],
            "tagResources": [
                .success(
                    ScriptedContents.page(of: [
                        .object([
                            "tag": .object(["id": .string("/tags/t")]), "api": .object(["id": .string("/apis/a")]),
                        ])
                    ])
                )
            ],
        ])
        let items = Dictionary(uniqueKeysWithValues: found.inventory.items.map { ($0.path, $0.properties) })
        #expect(items["policies/policy"]?["bytes"] == .integer(11))
        #expect(items["policies/policy"]?["value"] == nil)
        #expect(items["subscriptions/s"]?["scope"] == .string("/products/p"))
        let owner = ContentDigest.of(Data("ada".utf8)).prefix(16)
        #expect(items["subscriptions/s"]?["ownerId"] == .string("/users/\(owner)"))
        #expect(items["apis/a/tags/t"] != nil)
        let digest = ContentDigest.of(Data("a@x.example".utf8)).prefix(16)
        #expect(items["users/\(digest)"] == [:])
    }
}
