import BackupDomain
import Foundation
import Testing

@testable import Provisioning

@Suite("Changes that Azure forecasts")
struct ForecastChangeTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var delta: String
        var kind = "Modify"
        var becomes: ForecastChange.Kind
        var paths: [String] = []

        static let all = [
            Case(
                testDescription: "a value",
                delta: #"[{"path":"tags.a","propertyChangeType":"Modify","before":"b","after":"c"}]"#,
                becomes: .modify,
                paths: ["tags.a"]
            ),
            Case(
                testDescription: "what Azure could not evaluate",
                delta:
                    #"[{"path":"properties.x","propertyChangeType":"Modify","before":"b","after":"[reference('y').z]"}]"#,
                becomes: .noChange
            ),
            Case(
                testDescription: "children",
                delta:
                    #"[{"path":"properties","propertyChangeType":"Array","children":[{"path":"0","propertyChangeType":"Modify","children":[{"path":"value","propertyChangeType":"Modify","before":"1","after":"2"},{"path":"other","propertyChangeType":"Modify","after":"[f()]"}]}]}]"#,
                becomes: .modify,
                paths: ["properties.0.value"]
            ),
            Case(
                testDescription: "what has no effect",
                delta: #"[{"path":"location","propertyChangeType":"NoEffect","before":"a","after":"b"}]"#,
                becomes: .noChange
            ),
            Case(
                testDescription: "a text in brackets",
                delta: #"[{"path":"tags.a","propertyChangeType":"Modify","after":"[x]"}]"#,
                becomes: .modify,
                paths: ["tags.a"]
            ),
            Case(testDescription: "something new", delta: "[]", kind: "Create", becomes: .create),
        ]
    }

    @Test(arguments: Case.all)
    func `are read, without what is none`(_ test: Case) throws {
        let text = #"{"resourceId":"/x","changeType":"\#(test.kind)","delta":\#(test.delta)}"#
        let json = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        let change = try #require(ForecastChange(json))
        #expect(change.kind == test.becomes)
        #expect(change.paths == test.paths)
    }
}
