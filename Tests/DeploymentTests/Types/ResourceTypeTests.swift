import BackupDomain
import Deployment
import Foundation
import Testing

@Suite("Templates by Azure's own types")
struct ResourceTypeTests {
    @Test(arguments: DeploymentHost.allCases)
    func `are as the types say`(_ host: DeploymentHost) throws {
        let findings = try ResourceTypeSlice().findings(host.parsed)
        #expect(findings.isEmpty, "\(findings)")
    }

    struct Fault: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var old: String
        var new: String
        var place: String

        static let all = [
            Fault(
                testDescription: "a misspelt property",
                old: "\"publicAccess\"",
                new: "\"publicAcces\"",
                place: "publicAcces"
            ),
            Fault(
                testDescription: "a missing one",
                old: "\"groupShortName\": \"apim-backup\",",
                new: "",
                place: "groupShortName"
            ),
            Fault(
                testDescription: "a wrong kind",
                old: "\"severity\": 1",
                new: "\"severity\": \"one\"",
                place: "severity"
            ),
            Fault(
                testDescription: "an unknown version",
                old: "2019-05-01",
                new: "2018-05-01",
                place: "Microsoft.Logic/workflows"
            ),
            Fault(
                testDescription: "a value that is none of the allowed",
                old: "\"mode\": \"Incremental\"",
                new: "\"mode\": \"Careful\"",
                place: "mode"
            ),
            Fault(
                testDescription: "an unknown criterion",
                old: "SingleResourceMultipleMetricCriteria",
                new: "SingleResourceCriteria",
                place: "criteria"
            ),
        ]
    }

    /// What `rebuild` writes, by the file that its own test holds.
    @Test func `that rebuild an instance say what Azure takes`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../ProvisioningTests/Fixtures/rebuild-template.json").standardized
        let template = try JSONDecoder.stable().decode(JSONValue.self, from: try Data(contentsOf: file))
        let findings = try ResourceTypeSlice().findings(template)
        #expect(findings.isEmpty, "\(findings)")
    }

    @Test(arguments: Fault.all)
    func `a planted fault is found`(_ fault: Fault) throws {
        let text = DeploymentHost.logicApp.template.value.json
        try #require(text.contains(fault.old))
        let faulty = text.replacing(fault.old, with: fault.new)
        let template = try JSONDecoder.stable().decode(JSONValue.self, from: Data(faulty.utf8))
        let findings = try ResourceTypeSlice().findings(template)
        #expect(findings.contains { $0.place.hasSuffix(fault.place) }, "\(findings)")
    }
}

extension DeploymentHost {
    /// The template as Azure would read it.
    var parsed: JSONValue {
        get throws {
            try JSONDecoder.stable().decode(JSONValue.self, from: Data(self.template.value.json.utf8))
        }
    }
}
