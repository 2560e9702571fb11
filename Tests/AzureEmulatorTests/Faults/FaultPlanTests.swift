import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Faults")
struct FaultPlanTests {
    private func rules(_ text: String) throws -> [FaultRule] { try FaultRule.parse(Data(text.utf8), file: "f.json") }

    @Test func `a rule leaves the first calls alone, then hits as many as it says`() throws {
        let plan = FaultPlan(
            try self.rules(#"[{"method": "POST", "path": "*/backup", "skip": 1, "times": 2, "status": 500}]"#)
        )
        let post = EmulatedRequest(method: .post, rawPath: "/subscriptions/s/x/BACKUP")
        let get = EmulatedRequest(method: .get, rawPath: "/subscriptions/s/x/backup")
        let hits = (0..<5).map { _ in plan.effect(on: post, host: .resourceManager)?.status }
        #expect(hits == [nil, 500, 500, nil, nil])
        #expect(plan.effect(on: get, host: .resourceManager) == nil)
    }

    @Test(arguments: [
        (#""always": true"#, [false, true, false, false, true, false, false, true]),
        (#""times": 2"#, [false, true, false, false, true, false, false, false]),
    ])
    func `a rule may hit only one call in so many`(_ count: String, _ expected: [Bool]) throws {
        let plan = FaultPlan(try self.rules(#"[{"skip": 1, "every": 3, \#(count), "status": 500}]"#))
        let request = EmulatedRequest(method: .get, rawPath: "/")
        #expect((0..<8).map { _ in plan.effect(on: request, host: .blob) != nil } == expected)
    }

    @Test func `a rule for one part of Azure leaves the others alone`() throws {
        let plan = FaultPlan(try self.rules(#"[{"host": "blob", "always": true, "dropConnection": true}]"#))
        let request = EmulatedRequest(method: .get, rawPath: "/")
        #expect(plan.effect(on: request, host: .authority) == nil)
        #expect(plan.effect(on: request, host: .admin) == nil)
        #expect((0..<3).allSatisfy { _ in plan.effect(on: request, host: .blob)?.dropConnection == true })
    }

    @Test(arguments: [
        (
            #"[{"host": "moon", "status": 500}]"#,
            "f.json:1: [0].host: One of resourceManager, authority, blob, identity is expected."
        ),
        (#"[{"status": 99}]"#, "f.json:1: [0].status: A whole number from 200 to 599 is expected."),
        ("[\n{\"path\": \"*\"}]", "f.json:2: [0]: The rule says nothing of what is to happen."),
        (#"{"status": 500}"#, "f.json:1: A list is expected."),
        (#"[{"status": 500, "sleep": 1}]"#, "f.json:1: [0].sleep: There is no such field."),
    ])
    func `a mistake is told with file, line and field`(_ text: String, _ mistake: String) throws {
        let thrown = #expect(throws: FileMistakes.self) { try self.rules(text) }
        #expect(thrown?.mistakes.contains { $0.description == mistake } == true)
    }
}
