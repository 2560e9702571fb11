import BackupDomain
import Testing

@testable import Inventory

@Suite("Differences")
struct DifferenceTests {
    private func inventory(
        _ items: [(String, [String: JSONValue])],
        level: InventoryLevel = .names,
        gaps: [InventoryGap] = []
    ) -> Inventory {
        Inventory(
            level: level,
            tier: Tier("Developer"),
            items: items.map { InventoryItem(path: $0, properties: $1) },
            gaps: gaps
        )
    }

    private func told(_ before: Inventory, _ after: Inventory) -> [String] {
        InventoryDifference(from: before, to: after).changes.map { "\($0.change.rawValue) \($0.item.path)" }
    }

    @Test func `tells what was added, removed and changed, with the fields`() {
        let before = self.inventory([
            (
                "apis/a",
                [
                    "path": .string("a"),
                    "authenticationSettings": .object(["oAuth2": .string("x"), "kept": .integer(1)]),
                ]
            ),
            ("apis/b", [:]), ("apis/b/operations/o", [:]), ("apis/b/operations/p", [:]),
        ])
        let after = self.inventory([
            ("apis/A", ["path": .string("b"), "authenticationSettings": .object(["kept": .integer(1)])]),
            ("apis/c", [:]),
            ("apis/c/policies/policy", [:]),
        ])
        let difference = InventoryDifference(from: before, to: after)
        #expect(self.told(before, after) == ["changed apis/A", "removed apis/b", "added apis/c"])
        #expect(
            difference.changes[0].fields == [
                FieldChange(field: "authenticationSettings.oAuth2", before: .string("x"), after: nil),
                FieldChange(field: "path", before: .string("a"), after: .string("b")),
            ]
        )
        #expect(difference.changes[1].contents == [InventoryKind("apis/operations"): 2])
        #expect(difference.changes[2].contents == [InventoryKind("apis/policies"): 1])
        #expect(difference.count(.added) == 1)
        #expect(InventoryDifference(from: after, to: after).isEmpty)
    }

    @Test func `compares only what both have read`() {
        let full = self.inventory(
            [
                ("apis/a", [:]), ("apis/a/releases/r", [:]), ("apis/a/operations/o", [:]),
                ("apis/a/operations/o/policies/policy", [:]), ("apis/a;rev=2", ["isCurrent": .boolean(false)]),
                ("apis/a;rev=2/operations/o", [:]),
            ],
            level: .full
        )
        let names = self.inventory([
            ("apis/a", [:]), ("apis/a/operations/o", [:]), ("apis/a;rev=2", ["isCurrent": .boolean(false)]),
        ])
        #expect(self.told(names, full) == [])
        #expect(self.told(full, names) == [])
    }

    @Test func `a list that one of them lacks is named, not compared`() {
        let gap = InventoryGap(list: "backends", reason: .failed)
        let before = self.inventory([("backends/x", [:]), ("tags/t", [:])])
        let after = self.inventory([("tags/u", [:])], gaps: [gap])
        #expect(self.told(before, after) == ["removed tags/t", "added tags/u"])
        #expect(InventoryDifference(from: before, to: after).notCompared == ["backends"])
        let lacking = InventoryGap(list: "gateways", reason: .notOffered)
        let both = InventoryDifference(
            from: self.inventory([], gaps: [lacking]),
            to: self.inventory([], gaps: [lacking])
        )
        #expect(both.notCompared == [])
    }

    @Test func `the same contents are the same bytes`() throws {
        let one = self.inventory([("apis/b", ["y": .integer(1), "x": .integer(2)]), ("apis/a", [:])])
        let other = self.inventory([("apis/a", [:]), ("apis/b", ["x": .integer(2), "y": .integer(1)])])
        #expect(try one.content() == other.content())
    }

    @Test(arguments: [
        ("apis/a", "API a"), ("apis/a/operations/o", "operation a/o"), ("policies/policy", "policy of the instance"),
        ("apis/a/policies/policy", "policy of API a"), ("products/p/apis/a", "API a in product p"),
        ("apis/a/tags/t", "tag t on API a"), ("workspaces/w/apis/a", "API w/a"),
        ("policyFragments/f", "policy fragment f"),
    ])
    func `things are called what people call them`(_ path: String, _ label: String) {
        #expect(InventoryItem(path: path).label == label)
    }
}
