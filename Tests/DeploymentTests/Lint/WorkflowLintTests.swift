import BackupDomain
import Deployment
import Foundation
import Testing

@Suite("The Logic App's workflow by our own rules")
struct WorkflowLintTests {
    @Test
    func `breaks none`() throws {
        #expect(WorkflowLint(try Self.definition(DeploymentHost.logicApp.template.value.json)).broken == [])
    }

    struct Fault: CustomTestStringConvertible, Sendable {
        var rule: String
        var old: String
        var new: String
        var testDescription: String { self.rule }

        static let all = [
            Fault(
                rule: "terminateNeverAfterSuccess",
                old: "\"Back_up\": [\n                  \"Failed\",",
                new: "\"Back_up\": [\n                  \"Skipped\","
            ),
            Fault(rule: "untilFailsAtItsLimit", old: "\"operationOptions\": \"FailWhenLimitsReached\",", new: ""),
            Fault(rule: "everyCallHasARetryPolicy", old: "\"retryPolicy\"", new: "\"retries\""),
            Fault(rule: "noPostIsRepeated", old: "\"type\": \"none\"", new: "\"type\": \"fixed\""),
            Fault(rule: "recurrenceHasAStart", old: "\"startTime\"", new: "\"begin\""),
            Fault(rule: "oneRunAtATime", old: "\"runs\": 1", new: "\"runs\": 2"),
            Fault(rule: "namesAreUnique", old: "\"Refused\"", new: "\"No_backup\""),
            Fault(rule: "runAfterIsASibling", old: "\"Check_end\": [", new: "\"Check_ends\": ["),
            Fault(rule: "parametersAreDeclared", old: "parameters('minGood')", new: "parameters('minimum')"),
            Fault(rule: "actionsExist", old: "body('Find_backup')", new: "body('Found_backup')"),
        ]
    }

    @Test(arguments: Fault.all)
    func `a planted fault is found`(_ fault: Fault) throws {
        let text = DeploymentHost.logicApp.template.value.json
        try #require(text.contains(fault.old), "the text is not there")
        let broken = WorkflowLint(try Self.definition(text.replacing(fault.old, with: fault.new))).broken
        #expect(broken.map(\.rawValue).contains(fault.rule), "\(broken)")
    }

    @Test func `nesting that Azure does not take is found`() {
        func nested(_ depth: Int) -> JSONValue {
            guard depth > 0 else { return .object([:]) }
            let scope: [String: JSONValue] = ["type": .string("Scope"), "actions": nested(depth - 1)]
            return .object(["Scope_\(depth)": .object(scope)])
        }
        #expect(WorkflowLint(.object(["actions": nested(8)])).broken == [])
        #expect(WorkflowLint(.object(["actions": nested(9)])).broken == [.nestingIsBounded])
    }

    @Test func `each rule has a fault`() {
        let planted = Set(Fault.all.map(\.rule) + [WorkflowLint.Rule.nestingIsBounded.rawValue])
        #expect(planted == Set(WorkflowLint.Rule.allCases.map(\.rawValue)))
    }

    private static func definition(_ template: String) throws -> JSONValue {
        let document = try JSONDecoder.stable().decode(JSONValue.self, from: Data(template.utf8))
        let workflow = document["resources"]?.array?.first { $0["type"]?.string == "Microsoft.Logic/workflows" }
        return try #require(workflow?["properties"]?["definition"])
    }
}
