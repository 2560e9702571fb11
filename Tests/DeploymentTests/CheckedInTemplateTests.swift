import Deployment
import Foundation
import Testing

@Suite("The templates in deploy/")
struct CheckedInTemplateTests {
    @Test(arguments: DeploymentHost.allCases)
    func `are what the program writes, byte for byte`(_ host: DeploymentHost) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../deploy").standardized
        for (name, text) in [
            ("\(host.fileName).json", host.template.value.json),
            ("\(host.fileName).parameters.json", host.parameters.json),
        ] {
            let file = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            #expect(file == text, "apim-backup template --host \(host.rawValue) --output deploy writes \(name) anew")
        }
    }

    @Test
    func `ask for exactly three inputs`() {
        let names = DeploymentHost.logicApp.template.parameters.prefix(3).map(\.name)
        #expect(names == ["apim_name", "backup_storage_account_name", "location"])
        #expect(DeploymentHost.logicApp.template.parameters.filter(\.isRequired).map(\.name) == Array(names.prefix(2)))
        let job = DeploymentHost.containerAppJob.template.parameters.filter(\.isRequired).map(\.name)
        #expect(job == Array(names.prefix(2)) + ["image"])
    }
}
