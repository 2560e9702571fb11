import BackupDomain
import Deployment
import Foundation
import Testing

@Suite("The roles that a template assigns, and what it writes")
struct RoleLintTests {
    @Test(arguments: DeploymentHost.allCases)
    func `break no rule`(_ host: DeploymentHost) throws {
        #expect(RoleLint(try host.parsed, host).broken == [])
    }

    struct Fault: CustomTestStringConvertible, Sendable {
        var rule: RoleLint.Rule
        var host = DeploymentHost.containerAppJob
        var old: String
        var new: String
        var testDescription: String { "\(self.rule) \(self.new)" }

        static let all = [
            // Of somebody else, with more rights, for another one, without its condition.
            Fault(rule: .rolesAreThoseOfTheTable, old: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", new: "b24988ac"),
            Fault(
                rule: .rolesAreThoseOfTheTable,
                old: "\"principalId\": \"[parameters('writer')]\"",
                new: "\"principalId\": \"[parameters('principal')]\""
            ),
            Fault(
                rule: .rolesAreThoseOfTheTable,
                host: .logicApp,
                old: "\"condition\": \"[parameters('deletes')]\",",
                new: ""
            ),
            Fault(
                rule: .namesHoldThePrincipal,
                old:
                    "guid(resourceId('Microsoft.ApiManagement/service', parameters('apim_name')), parameters('principal'),",
                new: "guid(resourceId('Microsoft.ApiManagement/service', parameters('apim_name')),"
            ),
            Fault(rule: .principalTypeIsSaid, host: .logicApp, old: "\"ServicePrincipal\"", new: "\"User\""),
            Fault(
                rule: .nothingOfOthersIsWritten,
                old: "\"Microsoft.ManagedIdentity/userAssignedIdentities\"",
                new: "\"Microsoft.Storage/storageAccounts/managementPolicies\""
            ),
            Fault(rule: .everythingWaitsForTheLook, host: .logicApp, old: "\"dependsOn\"", new: "\"after\""),
        ]
    }

    @Test(arguments: Fault.all)
    func `a planted fault is found`(_ fault: Fault) throws {
        let text = fault.host.template.value.json
        try #require(text.contains(fault.old), "the text is not there")
        let faulty = Data(text.replacing(fault.old, with: fault.new).utf8)
        let broken = RoleLint(try JSONDecoder.stable().decode(JSONValue.self, from: faulty), fault.host).broken
        #expect(broken.contains(fault.rule), "\(broken)")
    }

    @Test func `each rule has a fault`() {
        #expect(Set(Fault.all.map(\.rule)) == Set(RoleLint.Rule.allCases))
    }
}
