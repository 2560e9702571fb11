import Testing

@Suite("Help and usage")
struct HelpTests {
    @Test(arguments: [
        [],
        ["run"],
        ["serve"],
        ["list"],
        ["show"],
        ["credentials", "test"],
        ["demo"],
        ["lock", "status"],
        ["status"],
        ["discover"],
        ["resume"],
        ["pause"],
        ["resume-schedule"],
        ["support-bundle"],
        ["verify"],
        ["prune"],
        ["restore"],
        ["rebuild"],
        ["drill"],
        ["runbook"],
        ["doctor"],
        ["field-test"],
        ["pin"],
        ["unpin"],
        ["acknowledge"],
        ["schedule", "next"],
        ["schedule", "history"],
        ["template"],
        ["permissions"],
        ["deploy"],
        ["undeploy"],
        ["config", "validate"],
        ["config", "show"],
        ["config", "generate"],
        ["config", "schema"],
        ["notify", "test"],
        ["find"],
        ["diff"],
        ["log"],
    ])
    func `is as it was`(_ command: [String]) async throws {
        let capture = Capture()
        let code = await capture.run(command + ["--help"])
        #expect(code == 0)
        try Golden.expect(capture.output, matches: (["help"] + command).joined(separator: "-"))
        // The command's own help, not that of the whole program.
        #expect(capture.output.contains("USAGE: \((["apim-backup"] + command).joined(separator: " "))"))
    }

    struct Usage: CustomTestStringConvertible {
        var arguments: [String]
        var says: String
        var testDescription: String { self.arguments.joined(separator: " ") }

        private static let run = ["run", "contoso-apim", "--storage-account", "contosobackups"]

        private static let guid = "11111111-2222-3333-4444-555555555555"

        private static let permissions = [
            "permissions", "--host", "logic-app", "--resource-group", "rg-apim", "--apim-name", "contoso-apim",
            "--backup-storage-account-name", "contosobackups",
        ]

        private static let restore = ["restore", "--to", "a", "--storage-account", "contosobackups"]

        private static let prune = ["prune", "contoso-apim", "--storage-account", "contosobackups"]

        private static let pause = ["pause", "a", "--until", "2026-12-01T06:00:00Z"]

        static let all: [Self] = [
            Self(arguments: ["fly"], says: "fly"),
            Self(arguments: ["run"], says: "<instances>"),
            Self(arguments: run + ["--all"], says: "--all"),
            Self(arguments: ["run", "--all", "--storage-account", "contosobackups"], says: "config generate"),
            Self(arguments: run + ["--width", "65"], says: "--width: '65' is out of range"),
            Self(arguments: ["status"], says: "APIM_BACKUP_STORAGE_ACCOUNT"),
            Self(arguments: ["list", "--settings", "/nonexistent.yaml"], says: "/nonexistent.yaml"),
            Self(arguments: ["run", "contoso-apim"], says: "--storage-account"),
            Self(arguments: ["run", "contoso-apim", "--storage-account", "NO"], says: "3 to 24 lower-case"),
            Self(arguments: run + ["--container", "a--b"], says: "single hyphens"),
            Self(arguments: run + ["--catalog-container", "apim-backups"], says: "must differ"),
            Self(arguments: run + ["--timeout", "12"], says: "--timeout"),
            Self(arguments: run + ["--timeout", "-1h"], says: "--timeout"),
            Self(arguments: run + ["--api-version", "latest"], says: "2024-05-01"),
            Self(arguments: run + ["--access-type", "Magic"], says: "AccessKey"),
            Self(arguments: run + ["--access-type", "UserAssignedManagedIdentity"], says: "--access-client-id"),
            Self(arguments: run + ["--access-type", "AccessKey", "--access-client-id", guid], says: "only"),
            Self(arguments: run + ["--access-client-id", "x"], says: "GUID"),
            Self(arguments: run + ["--access-key-file", "x"], says: "AccessKey only"),
            Self(arguments: run + ["--access-client-id", " "], says: "it takes the client id (a GUID)"),
            Self(arguments: run + ["--quiet", "--verbose"], says: "exclude"),
            Self(arguments: run + ["--format", "xml"], says: "table"),
            Self(arguments: run + ["--cron", "@daily"], says: "--cron goes with --due only"),
            Self(arguments: run + ["--due", "--every", "6h", "--cron", "@daily"], says: "--cron and --every exclude"),
            Self(arguments: run + ["--due", "--every", "6h", "--time-zone", "UTC"], says: "--time-zone and --every"),
            Self(arguments: run + ["--due", "--every", "30s"], says: "from 1m to 366d"),
            Self(arguments: run + ["--due", "--catch-up-window", "31d"], says: "from 1h to 30d"),
            Self(arguments: run + ["--due", "--catch-up", "none", "--catch-up-window", "2d"], says: "says nothing"),
            Self(arguments: run + ["--due", "--catch-up", "some"], says: "--catch-up"),
            Self(arguments: run + ["--log-format", "json"], says: "--log-format goes with --due only"),
            Self(arguments: run + ["--due", "--log-format", "xml"], says: "--log-format: 'xml' is not allowed"),
            Self(arguments: run + ["--due", "--no-wait"], says: "--no-wait and --due"),
            Self(arguments: ["serve"], says: "config generate"),
            Self(
                arguments: ["serve", "--listen", "8425"],
                says: "--listen: '8425' is not allowed; it takes host:port"
            ),
            Self(arguments: ["list", "--storage-account", "contosobackups", "--limit", "0"], says: "1 to 10000"),
            Self(arguments: ["verify", "--storage-account", "contosobackups"], says: "--all"),
            Self(arguments: ["verify", "a", "--all", "--storage-account", "contosobackups"], says: "--all"),
            Self(arguments: prune + ["--all"], says: "--all"),
            Self(arguments: prune + ["--keep-last", "-1"], says: "--keep-last"),
            Self(arguments: prune + ["--keep-daily", "many"], says: "--keep-daily"),
            Self(arguments: prune + ["--keep-yearly", "100001"], says: "0 to 100000"),
            Self(arguments: prune + ["--keep-within", "36h"], says: "whole days"),
            Self(arguments: prune + ["--keep-within", "0d"], says: "whole days"),
            Self(arguments: prune + ["--min-good", "0"], says: "the last good backup stays"),
            Self(arguments: prune + ["--max-deletions", "0"], says: "1 to 1000"),
            Self(arguments: prune + ["--shrink-guard", "1.1"], says: "0 to 1"),
            Self(arguments: ["pin", "a", "--storage-account", "contosobackups"], says: "--reason"),
            Self(arguments: ["pin", "a", "--reason", "", "--storage-account", "contosobackups"], says: "--reason"),
            Self(arguments: ["unpin", "a", "--reason", " "], says: "A reason has at least one character"),
            Self(arguments: pause + ["--reason", ""], says: "A reason has at least one character"),
            Self(
                arguments: pause + ["--reason", String(repeating: "ä", count: 251)],
                says: "at most 500 bytes in UTF-8; this one has 502"
            ),
            Self(arguments: permissions + ["--set", "colour=red"], says: "has no input 'colour'"),
            Self(arguments: permissions + ["--set", "least_privilege=perhaps"], says: "it takes true or false"),
            Self(arguments: permissions + ["--set", "storage_role_scope=all"], says: "container or account"),
            Self(arguments: permissions + ["--set", "apim_resource_group=rg."], says: "no period last"),
            Self(arguments: permissions + ["--set", "least_privilege"], says: "INPUT=VALUE"),
            Self(arguments: permissions + ["--set", "backup_name={time}.bak"], says: "it must hold {instance}"),
            Self(arguments: permissions + ["--set", "alert_email=nobody"], says: "is no e-mail address"),
            Self(arguments: permissions + ["--set", "access_identity_id=writer"], says: "is no resource id"),
            Self(arguments: ["undeploy"], says: "--apim-name is missing"),
            Self(arguments: ["run", "--all", "--remote"], says: "--deployment-group"),
            Self(arguments: permissions + ["--principal", "me"], says: "GUID"),
            Self(arguments: ["deploy", "--host", "container-app-job", "--apim-name", "a"], says: "--image is missing"),
            Self(arguments: ["deploy", "--host", "logic-app"], says: "--apim-name is missing"),
            Self(arguments: ["permissions", "--host", "logic-app"], says: "--resource-group is missing"),
            Self(arguments: permissions + ["--host", "cron"], says: "logic-app"),
            Self(arguments: Array(permissions.dropLast(2)), says: "--backup-storage-account-name is missing"),
            Self(arguments: ["acknowledge", "a", "--storage-account", "contosobackups"], says: "--reason"),
            Self(arguments: ["restore", "--storage-account", "contosobackups"], says: "--to"),
            Self(
                arguments: ["doctor", "a", "--yes", "--storage-account", "contosobackups"],
                says: "--yes goes with --fix"
            ),
            Self(arguments: restore + ["--at", "yesterday"], says: "looks like 2026-12-01T06:00:00Z"),
            Self(
                arguments: restore + ["--at", "2026-12-01T06:00:00Z", "--backup", "b"],
                says: "--at and --backup exclude"
            ),
            Self(arguments: restore + ["--dry-run", "--confirm", "a"], says: "--dry-run and --confirm exclude"),
        ]
    }

    @Test(arguments: Usage.all)
    func `names what is wrong with a command line, and exits with 64`(_ usage: Usage) async {
        let capture = Capture()
        #expect(await capture.run(usage.arguments) == 64)
        #expect(capture.errors.contains(usage.says), "\(capture.errors)")
        #expect(capture.output.isEmpty)
    }

    @Test func `no command is listed twice`() async {
        let help = Capture()
        #expect(await help.run(["--help"]) == 0)
        let lines = help.output.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
        let names = lines.compactMap { $0.split(separator: " ").first }
        #expect(names.contains("run") && Set(names).count == names.count, "\(names)")
    }

    @Test func `shows the version, and help where no command is given`() async {
        let version = Capture()
        #expect(await version.run(["--version"]) == 0)
        #expect(version.output == "0.1.0\n")
        let bare = Capture()
        #expect(await bare.run() == 0)
        #expect(bare.output.contains("SUBCOMMANDS"))
    }
}
