import EmulatorRuntime
import Foundation
import Testing

@testable import EmulatorWorkflows

@Suite("Runs of workflows")
struct RunMachineTests {
    @Test func `go by what ended how`() throws {
        let actions: JSON = [
            "Last": .compose(3, after: ["Caught": ["Succeeded"], "Good": ["Skipped"]]),
            "Bad": .http(),
            "Good": .compose(1, after: ["Bad": ["Succeeded"]]),
            "Caught": .compose(2, after: ["Bad": ["Failed", "TimedOut"]]),
        ]
        let run = try PlayedRun(actions) { _, _ in .ok(status: 404) }
        #expect(run.status("Bad") == .failed)
        #expect(run.record("Bad")?.code == "NotFound")
        #expect(run.status("Good") == .skipped)
        #expect(run.status("Caught") == .succeeded)
        #expect(run.status("Last") == .succeeded)
        #expect(run.status == .succeeded)
    }

    @Test func `are failed where the last action of a branch was skipped behind a failure`() throws {
        let run = try PlayedRun([
            "Bad": .http(), "Then": .compose(1, after: ["Bad": ["Succeeded"]]), "Other": .compose(1),
        ]) {
            _,
            _ in .ok(status: 500)
        }
        #expect(run.status == .failed)
        #expect(run.machine.run.head.code == "ActionFailed")
        #expect(run.record("Then")?.error?["message"]?.string?.contains("actual value 'Failed'") == true)
    }

    @Test func `end at once where they are told to`() throws {
        let terminate: JSON = [
            "type": "Terminate",
            "inputs": ["runStatus": "Failed", "runError": ["code": "Gone", "message": "It is @{outputs('A')}."]],
            "runAfter": ["A": ["Succeeded"]],
        ]
        let run = try PlayedRun([
            "Slow": ["type": "Wait", "inputs": ["interval": ["count": 1, "unit": "Hour"]]],
            "A": .compose("away"),
            "S": ["type": "Scope", "actions": ["T": .compose(1)], "runAfter": ["End": ["Succeeded"]]],
            "End": terminate,
        ])
        #expect(run.status == .failed)
        #expect(run.machine.run.head.code == "Gone")
        #expect(run.machine.run.head.error == ["code": "Gone", "message": "It is away."])
        #expect(run.status("Slow") == .cancelled)
        #expect(run.status("S") == nil)
        #expect(run.seconds == 0)
    }

    @Test func `take one branch of a condition and of a switch`() throws {
        let actions: JSON = [
            "If": [
                "type": "If", "expression": ["and": [["greater": [3, 2]], ["not": ["equals": ["a", "b"]]]]],
                "actions": ["Yes": .compose(1)], "else": ["actions": ["No": .compose(1)]],
            ],
            "Switch": [
                "type": "Switch", "expression": "@concat('b')", "runAfter": ["If": ["Succeeded"]],
                "cases": [
                    "One": ["case": "a", "actions": ["A": .compose(1)]],
                    "Two": ["case": "b", "actions": ["B": .compose("@outputs('Yes')")]],
                ], "default": ["actions": ["D": .compose(1)]],
            ],
        ]
        let run = try PlayedRun(actions)
        #expect(run.status == .succeeded)
        #expect(run.status("No") == .skipped)
        #expect(run.record("No")?.code == "ActionBranchingConditionNotSatisfied")
        #expect([run.status("A"), run.status("B"), run.status("D")] == [.skipped, .succeeded, .skipped])
        #expect(run.record("B")?.outputs == 1)
    }

    static func until(_ more: JSON, failing: Bool = true) -> JSON {
        var loop: JSON = [
            "type": "Until", "expression": "@equals(outputs('Poll')?['statusCode'], 200)",
            "actions": [
                "Poll": .http("https://a/poll", options: "DisableAsyncPattern"),
                "Pause": [
                    "type": "Wait", "inputs": ["interval": ["count": 30, "unit": "Second"]],
                    "runAfter": ["Poll": ["Succeeded", "Failed"]],
                ],
            ],
        ]
        if failing { loop["operationOptions"] = "FailWhenLimitsReached" }
        for member in more.object ?? [] { loop[member.name] = member.value }
        return ["Loop": loop]
    }

    @Test func `repeat until a condition holds, whatever failed before`() throws {
        let run = try PlayedRun(Self.until([:])) { count, _ in .ok(status: count == 1 ? 503 : count < 4 ? 202 : 200) }
        #expect(run.status == .succeeded)
        #expect(run.called.count == 4)
        #expect(run.record("Loop")?.iterations == 4)
        #expect(run.status("Poll", 0) == .failed)
        #expect(run.seconds == 120)
    }

    @Test(
        arguments: [
            (["limit": ["count": 3, "timeout": "PT1H"]], true, ActionStatus.failed, 3),
            (["limit": ["count": 3, "timeout": "PT1H"]], false, .succeeded, 3),
            (["limit": ["count": 100, "timeout": "PT2M"]], true, .failed, 4), ([:], true, .failed, 60),
        ] as [(JSON, Bool, ActionStatus, Int)]
    )
    func `stop a loop at its limits`(_ limit: JSON, _ fails: Bool, _ status: ActionStatus, _ calls: Int) throws {
        let run = try PlayedRun(Self.until(limit, failing: fails)) { _, _ in .ok(status: 202) }
        #expect(run.status == status)
        #expect(run.called.count == calls)
        #expect(run.record("Loop")?.code == (fails ? "UntilLimitReached" : "OK"))
    }

    @Test(arguments: [1, 3, 20])
    func `go through lists`(_ width: Int) throws {
        let actions: JSON = [
            "Sum": [
                "type": "InitializeVariable",
                "inputs": ["variables": [["name": "sum", "type": "integer", "value": 0]]],
            ],
            "Each": [
                "type": "Foreach", "foreach": "@range(1, 5)", "runAfter": ["Sum": ["Succeeded"]],
                "runtimeConfiguration": ["concurrency": ["repetitions": .integer(width)]],
                "actions": [
                    "Call": .http("https://a/@{items('Each')}"),
                    "Add": [
                        "type": "IncrementVariable", "inputs": ["name": "sum", "value": "@item()"],
                        "runAfter": ["Call": ["Succeeded", "Failed"]],
                    ],
                ],
            ],
            "Total": .compose("@variables('sum')", after: ["Each": ["Succeeded"]]),
        ]
        let run = try PlayedRun(actions) { _, request in .ok(status: request.uri.hasSuffix("3") ? 404 : 200) }
        #expect(run.status == .succeeded)
        #expect(run.record("Total")?.outputs == 15)
        #expect(Set(run.called).count == 5)
        #expect(run.status("Call", 2) == .failed)
    }

    @Test func `keep, filter and shape lists`() throws {
        let run = try PlayedRun([
            "Filter": ["type": "Query", "inputs": ["from": "@range(1, 6)", "where": "@greater(item(), 3)"]],
            "Shape": [
                "type": "Select", "inputs": ["from": "@body('Filter')", "select": ["n": "@item()"]],
                "runAfter": ["Filter": ["Succeeded"]],
            ],
            "Join": [
                "type": "Join", "inputs": ["from": "@body('Filter')", "joinWith": ", "],
                "runAfter": ["Filter": ["Succeeded"]],
            ],
            "Parse": [
                "type": "ParseJson", "inputs": ["content": "{\"a\": [1]}", "schema": [:]],
                "runAfter": ["Join": ["Succeeded"]],
            ],
        ])
        #expect(run.record("Shape")?.outputs == ["body": [["n": 4], ["n": 5], ["n": 6]]])
        #expect(run.record("Join")?.outputs == ["body": "4, 5, 6"])
        #expect(run.record("Parse")?.outputs == ["body": ["a": [1]]])
    }

    @Test func `refuse a value that a variable cannot hold`() throws {
        let run = try PlayedRun([
            "V": [
                "type": "InitializeVariable", "inputs": ["variables": [["name": "v", "type": "String", "value": "a"]]],
            ],
            "Append": [
                "type": "AppendToStringVariable", "inputs": ["name": "v", "value": "b"],
                "runAfter": ["V": ["Succeeded"]],
            ],
            "Set": [
                "type": "SetVariable", "inputs": ["name": "V", "value": "@createArray(1)"],
                "runAfter": ["Append": ["Succeeded"]],
            ],
        ])
        #expect(run.record("Append")?.outputs?.member(at: "body", "value") == "ab")
        #expect(run.record("Set")?.code == "WorkflowRunActionInputsInvalidProperty")
        #expect(run.status == .failed)
    }

    @Test func `tell their outputs`() throws {
        let run = try PlayedRun(
            ["A": .compose(7)],
            outputs: ["result": ["type": "Int", "value": "@outputs('A')"]]
        )
        #expect(run.machine.run.head.outputs == ["result": ["type": "Int", "value": 7]])
    }
}
