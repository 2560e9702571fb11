import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Testing

@Suite("The Logic App in deploy/, through sockets", .timeLimit(.minutes(2)))
struct LogicAppTests {
    private static let world = """
        {"roleAssignments": [{"principal": "apim-backup-runner", "role": "Owner", "scope": "subscription"}]}
        """

    private static func template() throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../deploy").standardized
        return try String(contentsOf: folder.appending(path: "azuredeploy.json"), encoding: .utf8)
    }

    /// Asks again until the answer has come to an end.
    private static func ended(_ look: () async throws -> JSONValue?) async throws -> JSONValue {
        for _ in 0..<400 {
            if let found = try await look() { return found }
            try await RealClock().sleep(for: .milliseconds(100))
        }
        throw CancellationError()
    }

    @Test func `is deployed, started by hand, and what it backed up is listed`() async throws {
        try await LocalAzure.with(world: Self.world) { azure in
            let group = "/subscriptions/\(azure.ready.subscriptionID)/resourceGroups/rg-apim"
            let deployment = "\(group)/providers/Microsoft.Resources/deployments/nightly"
            let parameters = """
                {"apim_name": {"value": "contoso-standby"}, "backup_storage_account_name": {"value": "contosobackups"},
                 "backups_container": {"value": "nights"}}
                """
            _ = try await azure.resource(
                .put,
                deployment,
                version: "2021-04-01",
                body: """
                    {"properties": {"mode": "Incremental", "template": \(try Self.template()),
                     "parameters": \(parameters)}}
                    """
            )
            let deployed = try await Self.ended {
                let answer = try await azure.resource(.get, deployment, version: "2021-04-01")
                let state = answer["properties"]?["provisioningState"]?.string
                return ["Accepted", "Running"].contains(state) ? nil : answer
            }
            #expect(deployed["properties"]?["provisioningState"]?.string == "Succeeded", "\(deployed)")
            let workflow = try #require(deployed["properties"]?["outputs"]?["workflowId"]?["value"]?.string)
            _ = try await azure.resource(.post, "\(workflow)/triggers/Nightly/run", version: "2019-05-01")
            let run = try await Self.ended {
                let answer = try await azure.resource(.get, "\(workflow)/runs", version: "2019-05-01")
                let run = answer["value"]?.array?.first
                return run?["properties"]?["status"]?.string == "Running" ? nil : run
            }
            #expect(run["properties"]?["status"]?.string == "Succeeded", "\(run)")

            let options = ["--storage-account", "contosobackups", "--container", "nights", "--format", "json"]
            let list = await azure.run(["list"] + options)
            let row = try #require(list.document?.array?.first, "\(list.everything)")
            #expect(row["state"]?.string == "unrecorded", "\(list.everything)")
            #expect(row["backupName"]?.string?.hasPrefix("contoso-standby-") == true)
            #expect(row["bytes"]?.integer == 614_400)
        }
    }
}
