import BackupDomain
import Foundation
import TestSupport
import Testing

@testable import Inventory

@Suite("Finding things over the nights")
struct ItemHistoryTests {
    private static let now = Date(timeIntervalSince1970: 1_795_482_000)

    /// A night, so many days before now, with a verified backup.
    private static func night(
        _ days: Double,
        _ paths: [String],
        outcome: RunOutcome = .verified,
        gaps: [InventoryGap] = []
    ) -> InventoriedNight {
        InventoriedNight(
            run: SummarizedRun(RunRecord.sample(at: Self.now - days * 86_400, outcome: outcome)),
            inventory: Inventory(
                level: .names,
                tier: Tier("Developer"),
                items: paths.map { InventoryItem(path: $0) },
                gaps: gaps
            )
        )
    }

    @Test func `tells since when something is gone, and which backup still restores it`() throws {
        let nights = [
            Self.night(40, ["apis/orders"]), Self.night(3, ["apis/orders"]),
            Self.night(2, ["apis/ORDERS"], outcome: .failed), Self.night(1, []), Self.night(0, []),
        ]
        let found = ItemHistory.find(try ItemPattern(kind: "api", pattern: "ord*"), in: nights, at: Self.now)
        let history = try #require(found.first)
        #expect(found.count == 1)
        #expect(history.first.nominalAt == nights[0].at)
        #expect(history.last.nominalAt == nights[2].at)
        #expect(history.goneSince?.nominalAt == nights[3].at)
        #expect(history.restorable?.nominalAt == nights[1].at)
    }

    @Test func `what came back is not gone, and a night that could not tell says nothing`() throws {
        let gap = InventoryGap(list: "apis", reason: .failed)
        let nights = [
            Self.night(3, ["apis/a", "apis/b"]), Self.night(2, ["apis/b"]), Self.night(1, ["apis/a"], gaps: [gap]),
        ]
        let found = ItemHistory.find(try ItemPattern(kind: "apis", pattern: "*"), in: nights, at: Self.now)
        #expect(found.map(\.item.path) == ["apis/a", "apis/b"])
        #expect(found.allSatisfy { $0.goneSince == nil })
    }

    @Test(arguments: [
        ("api", "apis/a", true), ("APIs", "apis/a", true), ("operation", "apis/a/operations/b", true),
        ("named-value", "namedValues/x", true), ("namedValues", "namedValues/x", true),
        ("policy", "apis/a/policies/policy", true), ("policies", "policies/policy", true),
        ("api", "products/p/apis/a", false), ("products/apis", "products/p/apis/a", true),
        ("any", "tags/t", true), ("api", "workspaces/w/apis/a", true), ("any", "products/p/apis/a", false),
    ])
    func `a kind is named by its noun, its collection or its path`(
        _ kind: String,
        _ path: String,
        _ matches: Bool
    ) throws {
        let pattern = try ItemPattern(kind: kind, pattern: "*")
        #expect(pattern.matches(InventoryItem(path: path)) == matches)
    }

    @Test(arguments: [
        ("orders", "orders", true), ("ORD?RS", "orders", true), ("*", "", true), ("o*s", "orders", true),
        ("o*x", "orders", false), ("*d*r*", "orders", true), ("", "orders", false), ("**", "orders", true),
        ("order", "orders", false),
    ])
    func `a pattern is like a name`(_ pattern: String, _ name: String, _ matches: Bool) throws {
        let item = InventoryItem(path: "apis/-", properties: ["displayName": .string(name)])
        #expect(try ItemPattern(kind: "api", pattern: pattern).matches(item) == matches)
    }

    @Test func `an unknown kind is refused with those that there are`() {
        let error = #expect(throws: BackupError.self) { try ItemPattern(kind: "aip", pattern: "x") }
        #expect(error?.code == .invalidInput)
        #expect(error?.remedy?.contains("namedValues") == true)
    }
}
