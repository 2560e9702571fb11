import BackupDomain
import Foundation
import Inventory
import TestSupport
import Testing

@testable import Commands

@Suite("Inventories in words")
struct InventoryPrinterTests {
    private static let now = Date(timeIntervalSince1970: 1_795_482_000)

    private static let before: [InventoryItem] = [
        InventoryItem(
            path: "apis/orders-v1",
            properties: ["displayName": .string("Orders API"), "path": .string("orders"), "apiVersion": .string("v1")]
        ),
        InventoryItem(
            path: "apis/orders-v1/operations/list-orders",
            properties: ["displayName": .string("List"), "method": .string("GET"), "urlTemplate": .string("/orders")]
        ),
        InventoryItem(
            path: "apis/orders-v1/policies/policy",
            properties: [
                "bytes": .integer(231), "format": .string("xml"), "sha256": .string(String(repeating: "0a", count: 32)),
            ]
        ),
        InventoryItem(
            path: "namedValues/key",
            properties: ["displayName": .string("key"), "secret": .boolean(true)]
        ), InventoryItem(path: "products/starter", properties: ["displayName": .string("Starter")]),
        InventoryItem(path: "products/starter/apis/orders-v1"),
    ]

    private static let after: [InventoryItem] = [
        InventoryItem(
            path: "namedValues/key",
            properties: ["displayName": .string("key"), "secret": .boolean(false)]
        ), InventoryItem(path: "products/starter", properties: ["displayName": .string("Starter")]),
        InventoryItem(path: "backends/orders", properties: ["url": .string("https://orders.example")]),
    ]

    private static func record(_ days: Double) -> RunRecord { .sample(at: Self.now - days * 86_400) }

    private static func night(_ days: Double, _ items: [InventoryItem]) -> InventoriedNight {
        InventoriedNight(
            run: SummarizedRun(Self.record(days)),
            inventory: Inventory(
                level: .names,
                tier: Tier("Developer"),
                items: items,
                gaps: [InventoryGap(list: "workspaces", reason: .notOffered, detail: "MethodNotAllowedInPricingTier")]
            )
        )
    }

    private static func found(_ kind: String, in nights: [InventoriedNight]) throws -> [FoundItem] {
        let records = (0...40).map { Self.record(Double($0)) }
        return ItemHistory.find(try ItemPattern(kind: kind, pattern: "*"), in: nights, at: Self.now).map { history in
            FoundItem(history: history, record: records.first { $0.run == history.restorable?.run })
        }
    }

    @Test func `a table of contents`() throws {
        let capture = Capture()
        ContentsPrinter(terminal: capture.terminal()).print(Self.night(1, Self.before))
        try Golden.expect(capture.output, matches: "contents")
    }

    @Test func `a difference`() throws {
        let capture = Capture()
        let difference = InventoryDifference(
            from: Self.night(1, Self.before).inventory,
            to: Self.night(0, Self.after).inventory
        )
        DifferencePrinter(terminal: capture.terminal()).print(
            difference,
            from: "contoso-apim then",
            to: "contoso-apim now"
        )
        capture.terminal().printDocument(DifferenceDocument(difference, from: "then", to: "now"))
        try Golden.expect(capture.output, matches: "diff")
    }

    @Test func `what changed each night`() throws {
        let capture = Capture()
        let nights = [Self.night(0, Self.after), Self.night(1, Self.before), Self.night(2, Self.before)]
        let steps = zip(nights, nights.dropFirst()).map { ChangedNight(of: .sample(named: "contoso-apim"), $0, $1) }
            .filter { !$0.difference.isEmpty }
        let printer = ChangeLogPrinter(terminal: capture.terminal())
        printer.print(steps, newest: nights[0], of: nights.count, left: 0)
        printer.print([], newest: nights[1], of: 2, left: 0)
        try Golden.expect(capture.output, matches: "log")
    }

    @Test func `where something was found`() throws {
        let capture = Capture()
        let nights = [Self.night(0, Self.after), Self.night(4, Self.before), Self.night(40, Self.before)]
        let printer = FindPrinter(terminal: capture.terminal())
        for kind in ["api", "product", "operation"] { printer.print(try Self.found(kind, in: nights)) }
        printer.print(try Self.found("api", in: [Self.night(35, Self.after), Self.night(40, Self.before)]))
        try Golden.expect(capture.output, matches: "find")
    }
}
