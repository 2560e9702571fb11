import BackupDomain
import Deployment
import Testing

@Suite("What a template refers to")
struct DependencyLintTests {
    @Test(arguments: DeploymentHost.allCases)
    func `is there before, whatever an input leaves out`(_ host: DeploymentHost) throws {
        let findings = DependencyLint(try host.parsed).findings
        #expect(findings.isEmpty, "\(findings)")
    }

    struct Fault: CustomTestStringConvertible, Sendable {
        var host: DeploymentHost
        /// Whose dependency is taken away.
        var type: String
        /// What is in the dependency's text.
        var dependency: String
        var testDescription: String { "\(self.type) without \(self.dependency)" }

        static let all = [
            // By way of the roles alone, which an input leaves out.
            Fault(host: .containerAppJob, type: "Microsoft.App/jobs", dependency: "backup-storage-{0}"),
            Fault(host: .containerAppJob, type: "Microsoft.App/jobs", dependency: "identityId"),
            Fault(host: .logicApp, type: "Microsoft.Logic/workflows", dependency: "backup-storage-{0}"),
        ]
    }

    @Test(arguments: Fault.all)
    func `is told where nothing waits for it`(_ fault: Fault) throws {
        let template = try fault.host.parsed
        var object = try #require(template.object)
        object["resources"] = .array(
            (template["resources"]?.array ?? []).map { resource in
                guard resource["type"]?.string == fault.type, var members = resource.object else { return resource }
                members["dependsOn"] = .array(
                    (resource["dependsOn"]?.array ?? []).filter { $0.string?.contains(fault.dependency) != true }
                )
                return .object(members)
            }
        )
        #expect(!DependencyLint(.object(object)).findings.isEmpty)
    }
}
