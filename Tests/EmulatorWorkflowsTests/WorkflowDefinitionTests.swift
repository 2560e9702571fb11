import EmulatorRuntime
import Testing

@testable import EmulatorWorkflows

@Suite("Workflow definitions")
struct WorkflowDefinitionTests {
    struct Refusal: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var actions: JSON
        var says: String
        var code = "InvalidTemplate"
    }

    static let refusals = [
        Refusal(
            testDescription: "runs after nobody",
            actions: ["A": .compose(1, after: ["B": ["Succeeded"]])],
            says: "The 'runAfter' property of template action 'A' contains non-existent action: 'B'."
        ),
        Refusal(
            testDescription: "a circle",
            actions: ["A": .compose(1, after: ["B": ["Succeeded"]]), "B": .compose(1, after: ["A": ["Succeeded"]])],
            says: "in a circle"
        ),
        Refusal(
            testDescription: "no type",
            actions: ["A": ["inputs": 1]],
            says: "missing the required property 'type'"
        ),
        Refusal(
            testDescription: "no inputs",
            actions: ["A": ["type": "Http", "inputs": ["method": "GET"]]],
            says: "missing the required property 'uri'"
        ),
        Refusal(
            testDescription: "HEAD",
            actions: ["A": .http("https://a/b", ["method": "HEAD"])],
            says: "'GET, PUT, POST, PATCH, DELETE'"
        ),
        Refusal(
            testDescription: "a status that no action ends with",
            actions: ["A": .compose(1), "B": .compose(1, after: ["A": ["Done"]])],
            says: "contains invalid status values"
        ),
        Refusal(
            testDescription: "one name twice",
            actions: ["A": .compose(1), "S": ["type": "Scope", "actions": ["A": .compose(1)]]],
            says: "'A' is used more than once"
        ),
        Refusal(
            testDescription: "an action that is not there",
            actions: ["A": .compose("@outputs('B')")],
            says: "The action(s) 'B' referenced by 'inputs' in action 'A' are not defined"
        ),
        Refusal(
            testDescription: "an action that need not have run",
            actions: ["A": .compose("@outputs('B')"), "B": .compose(1)],
            says: "cannot reference action 'B'"
        ),
        Refusal(
            testDescription: "a parameter that is not declared",
            actions: ["A": .compose("@parameters('p')")],
            says: "The parameter 'p'"
        ),
        Refusal(
            testDescription: "a variable that is not initialized",
            actions: ["A": ["type": "SetVariable", "inputs": ["name": "v", "value": 1]]],
            says: "must be initialized before"
        ),
        Refusal(
            testDescription: "an expression that is none",
            actions: ["A": .compose("@concat('a'")],
            says: "The template language expression '@concat('a'' is not valid"
        ),
        Refusal(
            testDescription: "a policy of no attempts",
            actions: ["A": .http("https://a/b", ["retryPolicy": ["type": "fixed", "count": 0, "interval": "PT5S"]])],
            says: "'count' from 1 to 90"
        ),
        Refusal(
            testDescription: "a loop without end",
            actions: ["A": ["type": "Until", "expression": "@false", "limit": ["count": 9000], "actions": [:]]],
            says: "'count' from 1 to 5000"
        ),
        Refusal(testDescription: "an unknown type", actions: ["A": ["type": "Magic", "inputs": [:]]], says: "'Magic'"),
        Refusal(
            testDescription: "a connector",
            actions: ["A": ["type": "ApiConnection", "inputs": [:]]],
            says: "'ApiConnection' ('A')",
            code: "NotEmulated"
        ),
    ]

    @Test(arguments: refusals)
    func `are refused with what is wrong`(_ refusal: Refusal) throws {
        let mistake = #expect(throws: WorkflowMistake.self) {
            try WorkflowDefinition(PlayedRun.definition(refusal.actions))
        }
        #expect(mistake?.code == refusal.code)
        #expect(mistake?.message.contains(refusal.says) == true, "\(mistake?.message ?? "")")
    }

    @Test func `may name what ran before, what they are in, and what was in that`() throws {
        let actions: JSON = [
            "S": ["type": "Scope", "actions": ["A": .compose(1)]],
            "U": [
                "type": "Until", "expression": "@equals(outputs('B'), outputs('A'))", "runAfter": ["S": ["Failed"]],
                "actions": ["B": .compose("@result('S')")],
            ],
            "C": .compose("@{outputs('B')} @{outputs('A')}", after: ["U": ["Succeeded"]]),
        ]
        #expect(try WorkflowDefinition(PlayedRun.definition(actions)).places.count == 5)
    }

    @Test(
        arguments: [
            ([:], "WorkflowParameterNotSpecified"),
            (["p": ["value": "a"]], "InvalidWorkflowParameter"),
            (["p": ["value": 1], "q": ["value": 1]], "InvalidWorkflowParameter"),
        ] as [(JSON, String)]
    )
    func `want their parameters`(_ given: JSON, _ code: String) throws {
        let definition = try WorkflowDefinition(PlayedRun.definition([:], parameters: ["p": ["type": "Int"]]))
        let mistake = #expect(throws: WorkflowMistake.self) { try definition.values(of: given) }
        #expect(mistake?.code == code)
        #expect(try definition.values(of: ["p": ["value": 3]]) == ["p": 3])
    }
}
