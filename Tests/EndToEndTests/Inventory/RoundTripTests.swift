import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("A round trip: backup, edits, diff, restore, diff", .timeLimit(.minutes(2)))
struct RoundTripTests {
    /// A change that somebody makes, and what `diff` must tell of it.
    private struct Edit {
        var method: HTTPRequest.Method
        var path: String
        var properties: String?
        var tells: Set<String>
    }

    /// Edits of different things, drawn by a seed.
    private static func edits(_ azure: LocalAzure, seed: Int) async throws -> [Edit] {
        var random = SeededGenerator(seed: seed)
        var apis = try await azure.names("apis").filter { !$0.hasPrefix("orders") }.shuffled(using: &random)
        let values = try await azure.names("namedValues").shuffled(using: &random)
        var edits: [Edit] = []
        for _ in 1...2 {
            let api = apis.removeLast()
            // An API leaves its products with it.
            let links = try await azure.names("apis/\(api)/products").map { "removed products/\($0)/apis/\(api)" }
            edits.append(Edit(method: .delete, path: "apis/\(api)", tells: Set(["removed apis/\(api)"] + links)))
        }
        let (renamed, operated, ruled, grown) = (
            apis.removeLast(), apis.removeLast(), apis.removeLast(), apis.removeLast()
        )
        let operation = try #require(try await azure.names("apis/\(operated)/operations").randomElement(using: &random))
        let policy = #"{"format": "xml", "value": "<policies><inbound>\#(random.next())</inbound></policies>"}"#
        edits += [
            Edit(
                method: .patch,
                path: "apis/\(renamed)",
                properties: #"{"displayName": "Renamed"}"#,
                tells: ["changed apis/\(renamed)"]
            ),
            Edit(
                method: .patch,
                path: "apis/\(operated)/operations/\(operation)",
                properties: #"{"urlTemplate": "/elsewhere"}"#,
                tells: ["changed apis/\(operated)/operations/\(operation)"]
            ),
            Edit(
                method: .put,
                path: "apis/\(ruled)/policies/policy",
                properties: policy,
                tells: ["changed apis/\(ruled)/policies/policy"]
            ),
            Edit(
                method: .put,
                path: "apis/\(grown)/operations/new",
                properties: #"{"displayName": "New", "method": "GET", "urlTemplate": "/new"}"#,
                tells: ["added apis/\(grown)/operations/new"]
            ),
            Edit(
                method: .put,
                path: "apis/made-\(seed)",
                properties: #"{"displayName": "Made", "path": "made"}"#,
                tells: ["added apis/made-\(seed)"]
            ), Edit(method: .delete, path: "namedValues/\(values[0])", tells: ["removed namedValues/\(values[0])"]),
            // A value is never kept, so that its change cannot be told.
            Edit(method: .patch, path: "namedValues/\(values[1])", properties: #"{"value": "other"}"#, tells: []),
            Edit(
                method: .put,
                path: "products/starter/policies/policy",
                properties: policy,
                tells: ["added products/starter/policies/policy"]
            ),
            Edit(
                method: .put,
                path: "subscriptions/new",
                properties: #"{"displayName": "New", "scope": "/products/starter"}"#,
                tells: ["added subscriptions/new"]
            ),
            Edit(method: .put, path: "apis/\(grown)/tags/deprecated", tells: ["added apis/\(grown)/tags/deprecated"]),
        ]
        return edits.shuffled(using: &random)
    }

    private static func told(_ diff: LocalAzure.Invocation) -> Set<String> {
        Set(
            diff.document?["changes"]?.array?.compactMap { change in
                "\(change["change"]?.string ?? "") \(change["path"]?.string ?? "")"
            } ?? []
        )
    }

    @Test(arguments: [1, 2, 3])
    func `diff names exactly the edits, and nothing after the restore`(_ seed: Int) async throws {
        try await LocalAzure.with(world: LocalAzure.editableWorld) { azure in
            let azure = azure.taking(.names)
            let backup = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            let edits = try await Self.edits(azure, seed: seed)
            for edit in edits { try await azure.edit(edit.method, edit.path, edit.properties) }
            let after = await azure.run("diff", "contoso-apim", "live", "--format", "json")
            #expect(after.code == 2, "\(after.everything)")
            #expect(Self.told(after) == Set(edits.flatMap(\.tells)), "seed \(seed)")
            try await azure.restore(backup)
            let restored = await azure.run("diff", backup, "live", "--format", "json")
            #expect(restored.code == 0, "seed \(seed): \(restored.everything)")
        }
    }

    @Test func `diff tells the fields in words`() async throws {
        try await LocalAzure.with(world: LocalAzure.editableWorld) { azure in
            let azure = azure.taking(.full)
            #expect(await azure.backUp().code == 0)
            try await azure.edit(.patch, "apis/stock-v1", #"{"displayName": "Stock of all stores", "path": "stocks"}"#)
            try await azure.edit(.delete, "apis/claims-v1/operations/list-claims")
            #expect(await azure.backUp().code == 0)
            let diff = await azure.run("diff", "latest", "live", "--instance", "contoso-apim")
            #expect(diff.code == 0)
            #expect(diff.output.hasSuffix("no difference\n"))
            let runs = await azure.run("list", "contoso-apim", "--format", "json").document?.array ?? []
            let names = runs.compactMap { $0["backupName"]?.string }
            let nights = await azure.run("diff", names[1], names[0])
            #expect(nights.code == 2)
            #expect(
                nights.output.split(separator: "\n").dropFirst().map(String.init) == [
                    "- operation claims-v1/list-claims (List claims)", "~ API stock-v1 (Stock of all stores)",
                    #"    displayName: "Stock API" -> "Stock of all stores""#, #"    path: "stock" -> "stocks""#,
                    "0 added, 1 removed, 1 changed",
                ]
            )
        }
    }
}
