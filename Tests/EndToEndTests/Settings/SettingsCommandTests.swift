import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("Settings in commands, through sockets", .timeLimit(.minutes(2)))
struct SettingsCommandTests {
    @Test func `a file that is generated from Azure is valid and protects what it lists`() async throws {
        try await SettingsFolder.with { folder in
            try await LocalAzure.with { azure in
                let path = "\(folder.path)/new.yaml"
                let generate = await azure.run(
                    "config",
                    "generate",
                    "--from-azure",
                    "--storage-account",
                    "contosobackups",
                    "--out",
                    path
                )
                #expect(generate.code == 0, "\(generate.everything)")
                let again = await azure.run("config", "generate", "--out", path)
                #expect(again.code == 1, "\(again.everything)")
                #expect(
                    again.errors.contains("cannot be written: there is a file of that name."),
                    "\(again.everything)"
                )
                let template = await azure.run("template", "--host", "logic-app", "--output", path)
                #expect(template.code == 1, "\(template.everything)")
                #expect(template.errors.contains("a file stands where a folder is needed."), "\(template.everything)")
                let validate = await azure.run("config", "validate", "--settings", path)
                #expect(validate.code == 0, "\(validate.everything)")
                #expect(validate.output == "\(path) is valid: 3 instances, 1 storage account.\n")
                let before = await azure.run("status", "--settings", path)
                #expect(before.code == 1)
                #expect(before.output.contains("No run is recorded."), "\(before.everything)")
                #expect(before.output.contains("contoso-standby"), "\(before.everything)")
                let run = await azure.run("run", "--all", "--settings", path)
                #expect(run.code == 0, "\(run.everything)")
                #expect(await azure.run("status", "--settings", path).code == 0)
                let discover = await azure.run("discover", "--settings", path, "--format", "json")
                #expect(discover.document?.array?.map { $0["inSettings"] } == [.boolean(false), .boolean(false)])
            }
        }
    }

    @Test func `status holds each instance to its own age, and names those without a record`() async throws {
        try await SettingsFolder.with { folder in
            let path = try folder.write(
                """
                version: 1
                storage: {account: contosobackups}
                instances:
                  - name: contoso-apim
                    maxAge: 0s
                  - name: fabrikam-apim
                    resourceGroup: rg-apim
                """
            )
            try await LocalAzure.with { azure in
                #expect(await azure.backUp().code == 0)
                try await RealClock().sleep(for: .seconds(1.1))
                let status = await azure.run("status", "--settings", path, "--format", "json")
                #expect(status.code == 1)
                let rows = try #require(status.document?.array)
                #expect(rows.map { $0["instance"]?.string } == ["fabrikam-apim", "contoso-apim"])
                #expect(rows.map { $0["verdict"]?.string } == ["unprotected", "atRisk"])
                // Group, name and the environment's subscription make its id.
                #expect(rows[0]["instanceKey"]?.string?.hasPrefix("fabrikam-apim-") == true)
                let one = await azure.run("status", "contoso-apim", "--settings", path, "--max-age", "1h")
                #expect(one.code == 0, "\(one.everything)")
                let elsewhere = await azure.run(
                    "status",
                    "--settings",
                    path,
                    "--storage-account",
                    "nosuchaccount",
                    "--quiet"
                )
                #expect(!elsewhere.output.contains("fabrikam"), "\(elsewhere.everything)")
            }
        }
    }

    @Test func `prune goes by each instance's retention, and a flag wins`() async throws {
        try await SettingsFolder.with { folder in
            let path = try folder.write(
                """
                version: 1
                storage: {account: contosobackups}
                retention: {keepLast: 5}
                instances:
                  - name: contoso-apim
                    retention: {keepLast: 1, minGood: 1}
                  - contoso-standby
                """
            )
            try await LocalAzure.with { azure in
                for _ in 1...2 {
                    let run = await azure.run("run", "--all", "--settings", path)
                    #expect(run.code == 0, "\(run.everything)")
                }
                func releases(_ arguments: String...) async -> [Int] {
                    let prune = await azure.run(
                        ["prune"] + arguments + ["--dry-run", "--settings", path, "--format", "json"]
                    )
                    #expect(prune.code == 0, "\(prune.everything)")
                    return prune.document?["instances"]?.array?.map { instance in
                        instance["decisions"]?.array?.count { $0["verdict"]?.string == "release" } ?? 0
                    } ?? []
                }
                #expect(await releases("--all") == [1, 0])
                #expect(await releases("contoso-apim") == [1])
                #expect(await releases("--all", "--keep-last", "2") == [0, 0])
            }
        }
    }

    @Test func `resume finds what was left behind in every account`() async throws {
        try await SettingsFolder.with { folder in
            let file = ["--settings", try folder.write(FleetTests.settings)]
            try await LocalAzure.with(world: FleetTests.world) { azure in
                let run = await azure.run(["run", "--all", "--no-wait", "--format", "json"] + file)
                #expect(run.code == 0, "\(run.everything)")
                #expect(run.lines.last?["outcomes"] == .object(["accepted": .integer(2)]))
                let resume = await azure.run(["resume", "--format", "json"] + file)
                #expect(resume.code == 0, "\(resume.everything)")
                #expect(resume.lines.count { $0["outcome"]?.string == "verified" } == 2)
            }
        }
    }

    @Test func `a key comes from a file that nobody else may read`() async throws {
        let world = """
            {"instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer",
                            "systemAssigned": false}]}
            """
        try await SettingsFolder.with { folder in
            let path = try folder.write(
                """
                version: 1
                storage: {account: contosobackups}
                access: {type: AccessKey, keyFile: key}
                instances: [contoso-apim]
                """
            )
            try await LocalAzure.with(world: world) { azure in
                _ = try folder.write(azure.ready.storageKey + "\n", to: "key", mode: 0o644)
                let validate = await azure.run("config", "validate", "--settings", path, "--format", "json")
                #expect(validate.code == 64)
                let problem = try #require(validate.document?["problems"]?.array?.first)
                #expect(problem["line"] == .integer(3))
                #expect(problem["field"]?.string == "access.keyFile")
                #expect(problem["fix"]?.string?.hasPrefix("chmod o-rwx ") == true)
                let refused = await azure.run("run", "--all", "--settings", path)
                #expect(refused.code == 64, "\(refused.everything)")
                _ = try folder.write(azure.ready.storageKey + "\n", to: "key", mode: 0o640)
                let run = await azure.run("run", "contoso-apim", "--settings", path)
                #expect(run.code == 0, "\(run.everything)")
                #expect(!run.everything.contains(azure.ready.storageKey))
            }
        }
    }

    @Test func `a support bundle tells the settings in force, without secrets`() async throws {
        try await SettingsFolder.with { folder in
            let path = try folder.write("version: 1\nstorage: {account: contosobackups}\nwidth: 8\n")
            try await LocalAzure.with { azure in
                var azure = azure
                azure.environment["APIM_BACKUP_ACCESS_KEY"] = "a-key-of-nobody"
                #expect(await azure.backUp().code == 0)
                let bundle = await azure.run("support-bundle", "contoso-apim", "--settings", path)
                #expect(bundle.code == 0, "\(bundle.everything)")
                let settings = try #require(bundle.document?["settings"])
                #expect(settings["settings"]?["width"] == .integer(8))
                #expect(settings["file"]?.string == path)
                #expect(settings["settings"]?["access"]?["key"]?.string == "<secret>")
                #expect(!bundle.everything.contains("a-key-of-nobody"))
            }
        }
    }

    @Test func `a broken file stops every command before it does anything, with all problems`() async throws {
        try await SettingsFolder.with { folder in
            let path = try folder.write("version: 1\nwidth: 0\nstorage: {acount: contosobackups}\n")
            try await LocalAzure.with { azure in
                for command in [["run", "contoso-apim"], ["status"], ["prune", "--all"], ["credentials", "test"]] {
                    let run = await azure.run(command + ["--settings", path])
                    #expect(run.code == 64, "\(run.everything)")
                    #expect(run.errors.contains("\(path):2:8: width: '0' is out of range"), "\(run.everything)")
                    #expect(run.errors.contains("Did you mean account?"), "\(run.everything)")
                }
                let json = await azure.run("run", "contoso-apim", "--settings", path, "--format", "json")
                #expect(json.summary?["error"]?["code"]?.string == "invalidInput", "\(json.everything)")
                let requests = try await azure.requests()
                #expect(requests.isEmpty, "\(requests)")
            }
        }
    }
}
