import Deployment
import Testing

@Suite("The values for a template")
struct TemplateArgumentsTests {
    private static let required = [
        TemplateArguments.Given("apim_name", "contoso-apim", from: "--apim-name"),
        TemplateArguments.Given("backup_storage_account_name", "contosobackups", from: "--account"),
    ]

    struct Mistake: CustomTestStringConvertible {
        var input: String
        var text: String
        var says: String
        var testDescription: String { "\(self.input)=\(self.text)" }

        static let all = [
            Mistake(input: "colour", text: "red", says: "has no input 'colour'"),
            Mistake(input: "schedule_hour", text: "24", says: "a whole number from 0 to 23"),
            Mistake(input: "schedule_hour", text: "one", says: "a whole number from 0 to 23"),
            Mistake(input: "least_privilege", text: "yes", says: "true or false"),
            Mistake(input: "storage_role_scope", text: "Account", says: "container or account"),
            Mistake(input: "backups_container", text: "ab", says: "3 to 63 characters"),
        ]
    }

    @Test(arguments: Mistake.all)
    func `that break its rules are told, with where they stand`(_ mistake: Mistake) {
        let given = Self.required + [.init(mistake.input, mistake.text, from: "--set \(mistake.input)")]
        let problems = TemplateArguments.read(given, for: DeploymentHost.logicApp.template).problems
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("--set \(mistake.input): ") == true)
        #expect(problems.first?.contains(mistake.says) == true, "\(problems)")
    }

    @Test
    func `are written with their types, in the template's order`() {
        let given = [TemplateArguments.Given("schedule_hour", "3", from: "")] + Self.required
        let arguments = TemplateArguments.read(given, for: DeploymentHost.logicApp.template).arguments
        #expect(
            arguments.value == [
                "apim_name": ["value": "contoso-apim"], "backup_storage_account_name": ["value": "contosobackups"],
                "schedule_hour": ["value": 3],
            ]
        )
        #expect(arguments[BackupInputs.leastPrivilege] == false)
        #expect(arguments.missing.isEmpty)
    }

    @Test
    func `that are missing are named`() {
        let read = TemplateArguments.read(Self.required, for: DeploymentHost.containerAppJob.template)
        #expect(read.problems.isEmpty)
        #expect(read.arguments.missing.map(\.name) == ["image"])
    }
}
