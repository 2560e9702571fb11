import Deployment
import Testing

@Suite("What permissions prints")
struct PermissionSheetTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var arguments: [String]
        var testDescription: String { self.name }

        static let all = [
            Case(name: "permissions-logic-app", arguments: ["--host", "logic-app"]),
            Case(
                name: "permissions-container-app-job",
                arguments: [
                    "--host", "container-app-job", "--set", "least_privilege=true", "--set",
                    "storage_role_scope=account", "--set", "retention_may_delete=true", "--set",
                    "apim_resource_group=rg_apis_(west)",
                ]
            ),
            Case(
                name: "permissions-az",
                arguments: [
                    "--host", "container-app-job", "--format", "az", "--subscription",
                    "11111111-2222-3333-4444-555555555555", "--principal", "22222222-3333-4444-5555-666666666666",
                ]
            ),
        ]
    }

    private static let names = [
        "permissions", "--apim-name", "contoso-apim", "--backup-storage-account-name", "contosobackups",
        "--resource-group", "rg-apim",
    ]

    @Test(arguments: Case.all)
    func `is as it was`(_ test: Case) async throws {
        let capture = Capture()
        #expect(await capture.run(Self.names + test.arguments) == 0, "\(capture.errors)")
        try Golden.expect(capture.output, matches: test.name)
    }

    @Test(arguments: DeploymentHost.allCases)
    func `names every role that the template can assign, under some choice`(_ host: DeploymentHost) async {
        var seen = ""
        for isLeast in ["true", "false"] {
            for scope in ["account", "container"] {
                let capture = Capture()
                let choices = [
                    "least_privilege=\(isLeast)", "storage_role_scope=\(scope)", "\(host.deletes.name)=true",
                ]
                let code = await capture.run(
                    Self.names + ["--host", host.rawValue] + choices.flatMap { ["--set", $0] }
                )
                #expect(code == 0, "\(capture.errors)")
                seen += capture.output
            }
        }
        for permission in Permission.all(for: host) {
            #expect(seen.contains("| \(permission.role.rawValue) |") && seen.contains(permission.reason))
        }
    }
}
