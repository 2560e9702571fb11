import EmulatorRuntime
import Foundation

@testable import EmulatorWorkflows

/// A run that is played through in no time: calls get scripted answers, and pauses end at once.
struct PlayedRun {
    static let start = Date(timeIntervalSince1970: 1_795_482_000)

    var machine: RunMachine
    /// What was called, in order: method and address.
    var called: [String] = []
    /// How long the run took by its own clock, in seconds.
    var seconds = 0.0

    static func definition(_ actions: JSON, parameters: JSON = [:], outputs: JSON = [:]) -> JSON {
        [
            "$schema":
                "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
            "contentVersion": "1.0.0.0", "parameters": parameters,
            "triggers": ["manual": ["type": "Request", "kind": "Http", "inputs": ["schema": [:]]]], "actions": actions,
            "outputs": outputs,
        ]
    }

    /// Plays a run to its end, or until it waits for nothing.
    init(
        _ actions: JSON,
        parameters: JSON = [:],
        outputs: JSON = [:],
        answers: (Int, WorkflowRequest) -> WorkflowAnswer? = { _, _ in .ok() }
    ) throws {
        let definition = try WorkflowDefinition(Self.definition(actions, outputs: outputs))
        let run = WorkflowRun(
            id: "run-1",
            version: "1",
            trigger: StartedTrigger(name: "manual", scheduledAt: nil, firedAt: Self.start, outputs: ["body": ["a": 1]]),
            now: Self.start,
            trackingID: "tracking"
        )
        var now = Self.start
        func scene() -> WorkflowScene {
            WorkflowScene(
                workflow: ["id": "/w", "name": "w"],
                parameters: [:],
                now: now,
                scaled: { $0 },
                identifier: { "00000000-0000-4000-8000-000000000000" }
            )
        }
        self.machine = RunMachine(run: run, definition: definition, scene: scene())
        for _ in 0..<20_000 {
            self.machine.advance()
            for call in self.machine.calls {
                self.called.append("\(call.request.method) \(call.request.uri)")
                self.machine.take(answers(self.called.count, call.request), for: call.key)
            }
            if self.machine.calls.isEmpty {
                guard let wake = self.machine.wake else { break }
                now = wake
            }
            self.machine = RunMachine(run: self.machine.run, definition: definition, scene: scene())
        }
        self.seconds = now.timeIntervalSince(Self.start)
    }

    var status: ActionStatus { self.machine.run.head.status }

    func record(_ name: String, _ path: Int...) -> ActionRecord? {
        self.machine.run.records[ActionKey(name: name, path: path)]
    }

    func status(_ name: String, _ path: Int...) -> ActionStatus? {
        self.machine.run.records[ActionKey(name: name, path: path)]?.status
    }
}

extension WorkflowAnswer {
    static func ok(_ body: JSON = [:], status: Int = 200, headers: [(name: String, value: String)] = []) -> Self {
        WorkflowAnswer(status: status, headers: headers + [("Content-Type", "application/json")], body: body.data)
    }
}

extension JSON {
    /// An HTTP action.
    static func http(
        _ uri: String = "https://a/b",
        _ more: JSON = [:],
        after: JSON = [:],
        options: String? = nil
    ) -> JSON {
        var inputs: JSON = ["method": "GET", "uri": .string(uri), "retryPolicy": ["type": "none"]]
        for member in more.object ?? [] { inputs[member.name] = member.value }
        var action: JSON = ["type": "Http", "inputs": inputs, "runAfter": after]
        if let options { action["operationOptions"] = .string(options) }
        return action
    }

    /// An action that does nothing but give a value.
    static func compose(_ value: JSON, after: JSON = [:]) -> JSON {
        ["type": "Compose", "inputs": value, "runAfter": after]
    }
}
