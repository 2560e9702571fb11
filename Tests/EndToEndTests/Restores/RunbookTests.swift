import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("The page for the day itself, through sockets", .timeLimit(.minutes(2)))
struct RunbookTests {
    /// The commands of a page's blocks, in order.
    static func commands(_ page: String) -> [String] {
        page.matches(of: /```sh\n((?s).*?)```/).flatMap { $0.1.split(separator: "\n").map(String.init) }
    }

    @Test func `has the commands in order, with the containers that they are about`() async throws {
        try await LocalAzure.with { azure in
            let places = [
                "--storage-account", "contosobackups", "--container", "other", "--catalog-container", "records",
            ]
            let world = await azure.run(["run", "contoso-apim", "--format", "json", "--allow-unverified"] + places)
            // The role of the built-in world is on another container, so the backup fails: a page says what there is to say.
            #expect(world.code != 0)
            let page = await azure.run(["runbook", "contoso-apim"] + places)
            #expect(page.code == 1 && page.output.contains("No verified backup is on record"), "\(page.everything)")
            // What is printed to be run goes to the same containers.
            let rebuild = await azure.run(["rebuild", "contoso-apim"] + places)
            let options = "--storage-account contosobackups --container other --catalog-container records"
            #expect(rebuild.errors.contains("apim-backup doctor contoso-apim \(options) --fix"), "\(rebuild.errors)")
            #expect(rebuild.errors.contains("--in-place \(options)"), "\(rebuild.errors)")
            #expect(await azure.backUp().code == 0)
            let whole = await azure.run(["runbook", "contoso-apim"] + DrillTests.account)
            let commands = Self.commands(whole.output)
            let marks = [
                "az login", "az apim deletedservice list", #""restore":true"#, "apim-backup rebuild contoso-apim",
                "az deployment group create --resource-group rg-apim", "apim-backup doctor contoso-apim",
                "az role assignment create", "--dry-run", "apim-backup restore", "apim-backup resume", "az login",
                "az apim show --name contoso-apim", "az storage blob list", "/restore?api-version=", "az apim show",
            ]
            #expect(commands.count == marks.count, "\(whole.output)")
            for (command, mark) in zip(commands, marks) { #expect(command.contains(mark), "\(command)") }
            #expect(whole.output.contains("managed-identity, object id"), "\(whole.output)")
            // Nothing is left to be filled in.
            #expect(!commands.contains { $0.contains("EMAIL") || $0.contains("TIER") }, "\(commands)")
        }
    }

    @Test func `offers no backup that is lost`() async throws {
        try await LocalAzure.with { azure in
            let first = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            let second = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            for (name, says) in [(second, "Newest verified backup: `\(first)`"), (first, "still restores is left")] {
                try await azure.withBlobs { blobs in
                    _ = try await blobs.delete(name, in: "apim-backups", condition: .always)
                }
                let page = await azure.run(["runbook", "contoso-apim"] + DrillTests.account)
                #expect(page.code == (name == second ? 0 : 1), "\(page.everything)")
                #expect(page.output.contains(says) && page.output.contains("Lost since"), "\(page.output)")
                #expect(!Self.commands(page.output).contains { $0.contains(name) }, "\(page.output)")
            }
        }
    }

    @Test func `says of a name that no record has that it may be a wrong one`() async throws {
        try await LocalAzure.with { azure in
            let page = await azure.run(["runbook", "contoso-apmi"] + DrillTests.account)
            #expect(page.code == 1, "\(page.everything)")
            #expect(page.output.contains("no run of 'contoso-apmi' either"), "\(page.output)")
        }
    }
}
