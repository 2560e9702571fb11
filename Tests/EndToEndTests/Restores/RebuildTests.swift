import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Testing

@Suite("An instance that is gone, through sockets", .timeLimit(.minutes(2)))
struct RebuildTests {
    static let account = ["--storage-account", "contosobackups"]
    static let path =
        "/subscriptions/66f0f09e-13d2-4d02-86bd-27e965407d39/resourceGroups/rg-apim/providers/Microsoft.ApiManagement/service/contoso-apim"
    static let world = """
        {"roleAssignments": [{"principal": "apim-backup-runner", "role": "Owner", "scope": "subscription"}],
         "timings": {"recoverableAfterSeconds": 0}}
        """

    /// Backs the instance up, and deletes it.
    static func deleted(_ azure: LocalAzure) async throws {
        #expect(await azure.backUp().code == 0)
        #expect(try await azure.manage(.delete, Self.path) == 202)
        while try await azure.manage(.get, Self.path) == 200 { try await RealClock().sleep(for: .milliseconds(100)) }
    }

    @Test func `is recovered rather than restored while Azure still keeps it`() async throws {
        try await LocalAzure.with(world: Self.world) { azure in
            try await Self.deleted(azure)
            let restore = await azure.run(["restore", "--to", "contoso-apim", "--in-place"] + Self.account)
            #expect(restore.code == 4, "\(restore.everything)")
            #expect(restore.errors.contains("Azure brings it back with all that it held for"), "\(restore.errors)")
            let command = try #require(restore.errors.firstMatch(of: /--body '(\{.*\})'/)?.1)
            let status = await azure.run(["status"] + Self.account)
            #expect(status.code == 1, "\(status.everything)")
            #expect(status.output.contains("contoso-apim: at risk\n  contoso-apim was deleted"), "\(status.output)")
            #expect(status.output.contains("--body '\(command)'"), "\(status.output)")
            let json = await azure.run(["status", "--format", "json"] + Self.account)
            let row = json.document?.array?.first { $0["instance"]?.string == "contoso-apim" }
            #expect(row?["verdict"]?.string == "atRisk", "\(json.output)")
            let notice = row?["deleted"]
            #expect(notice?["command"]?.string?.contains("--body '\(command)'") == true, "\(json.output)")
            #expect(notice?["recoverableUntil"]?.string != nil && notice?["deletedAt"]?.string != nil)
            let runbook = await azure.run(["runbook", "contoso-apim"] + Self.account)
            #expect(runbook.output.contains("Azure brings it back with all that it held for"), "\(runbook.output)")
            #expect(runbook.output.contains("--body '\(command)'"), "\(runbook.output)")
            let standby = await azure.run(
                ["restore", "--from", "contoso-apim", "--to", "contoso-standby", "--dry-run"] + Self.account
            )
            #expect(standby.errors.contains("contoso-apim was deleted"), "\(standby.everything)")
            let rebuild = await azure.run(["rebuild", "contoso-apim"] + Self.account)
            #expect(rebuild.errors.contains("Do that instead"), "\(rebuild.errors)")
            // The command that is printed does bring it back.
            _ = try await azure.resource(.put, Self.path, version: "2024-05-01", body: String(command))
            while try await azure.resource(.get, Self.path, version: "2024-05-01")["properties"]?["provisioningState"]?
                .string
                != "Succeeded"
            { try await RealClock().sleep(for: .milliseconds(100)) }
            #expect(
                await azure.run(["restore", "--to", "contoso-apim", "--in-place", "--dry-run"] + Self.account).code == 0
            )
        }
    }

    @Test func `is rebuilt empty from its newest record, and a backup restored into it`() async throws {
        try await LocalAzure.with(world: Self.world) { azure in
            try await Self.deleted(azure)
            let purged =
                "/subscriptions/66f0f09e-13d2-4d02-86bd-27e965407d39/providers/Microsoft.ApiManagement/locations/westeurope"
                + "/deletedservices/contoso-apim"
            #expect(try await azure.manage(.delete, purged) == 202)
            while try await azure.manage(.get, purged) == 200 { try await RealClock().sleep(for: .milliseconds(100)) }
            let gone = await azure.run(["restore", "--to", "contoso-apim", "--in-place"] + Self.account)
            #expect(gone.errors.contains("'apim-backup rebuild contoso-apim'"), "\(gone.errors)")
            let rebuild = await azure.run(["rebuild", "contoso-apim"] + Self.account)
            #expect(rebuild.code == 0, "\(rebuild.everything)")
            let template = try #require(rebuild.document)
            #expect(template["resources"]?.array?.first?["sku"]?["name"]?.string == "Developer")
            #expect(rebuild.errors.contains("The system-assigned identity is another one"), "\(rebuild.errors)")
            let group = "/subscriptions/66f0f09e-13d2-4d02-86bd-27e965407d39/resourceGroups/rg-apim"
            let deployment = "\(group)/providers/Microsoft.Resources/deployments/rebuild"
            let body = JSONValue.object([
                "properties": .object([
                    "mode": .string("Incremental"), "template": template, "parameters": .object([:]),
                ])
            ])
            let text = String(decoding: try JSONEncoder.stable().encode(body), as: UTF8.self)
            _ = try await azure.resource(.put, deployment, version: "2021-04-01", body: text)
            while true {
                let state = try await azure.resource(.get, deployment, version: "2021-04-01")["properties"]
                let word = state?["provisioningState"]?.string
                try #require(word != "Failed", "\(String(describing: state))")
                if word == "Succeeded" { break }
                try await RealClock().sleep(for: .milliseconds(100))
            }
            let mended = await azure.run(["doctor", "contoso-apim", "--fix", "--yes"] + Self.account)
            #expect(mended.code == 0, "\(mended.everything)")
            let restore = await azure.run(
                ["restore", "--to", "contoso-apim", "--in-place", "--no-safety-backup", "--confirm", "contoso-apim"]
                    + Self.account
            )
            #expect(restore.code == 0, "\(restore.everything)")
        }
    }

    @Test func `writes a new file only, and knows only what was recorded`() async throws {
        try await LocalAzure.with { azure in
            let unknown = await azure.run(["rebuild", "contoso-apim"] + Self.account)
            #expect(unknown.code == 4)
            #expect(unknown.errors.contains("No run of 'contoso-apim' is recorded"), "\(unknown.errors)")
            #expect(await azure.backUp().code == 0)
            try await SettingsFolder.with { folder in
                let file = try folder.write("{}", to: "taken.json")
                let taken = await azure.run(["rebuild", "contoso-apim", "--out", file] + Self.account)
                #expect(taken.code == 1, "\(taken.everything)")
                #expect(taken.errors.contains("cannot be written"), "\(taken.errors)")
            }
        }
    }

    @Test(arguments: [("/nowhere/rebuild.json", "there is no such folder."), ("", "there is a file of that name.")])
    func `says why a file cannot be written, and writes over none`(_ path: String, _ reason: String) async throws {
        try await LocalAzure.with(world: Self.world) { azure in
            #expect(await azure.backUp().code == 0)
            try await SettingsFolder.with { folder in
                let taken = try folder.write("kept", to: "rebuild.json")
                let end = await azure.run(
                    ["rebuild", "contoso-apim", "--out", path.isEmpty ? taken : path] + Self.account
                )
                #expect(end.code == 1, "\(end.everything)")
                #expect(end.errors.contains("cannot be written: \(reason)"), "\(end.errors)")
                #expect(try String(contentsOfFile: taken, encoding: .utf8) == "kept")
            }
        }
    }
}
