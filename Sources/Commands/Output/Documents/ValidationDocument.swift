import BackupDomain
import Settings

/// What `config validate --format json` prints.
struct ValidationDocument: Encodable {
    /// One problem; what does not apply is absent.
    struct Problem: Encodable {
        var severity: SettingsProblem.Severity
        var file: String?
        var line: Int?
        var column: Int?
        var variable: String?
        var flag: String?
        var field: String?
        var message: String
        var rule: String?
        var fix: String

        init(_ problem: SettingsProblem) {
            self.severity = problem.severity
            switch problem.origin {
            case .standard: break
            case .file(let path, let line, let column): (self.file, self.line, self.column) = (path, line, column)
            case .variable(let name): self.variable = name
            case .flag(let name): self.flag = name
            }
            self.field = problem.field.isEmpty ? nil : problem.field
            self.message = problem.what
            self.rule = problem.rule
            self.fix = problem.fix
        }
    }

    var valid: Bool
    var file: String?
    var instances: Int
    var problems: [Problem]

    init(_ settings: ProgramSettings, _ problems: [SettingsProblem], isValid: Bool) {
        self.valid = isValid
        self.file = settings.file
        self.instances = settings.instances.count
        self.problems = problems.map(Problem.init)
    }

    /// The document where no file could be read.
    init(_ error: BackupError) {
        self.valid = false
        self.instances = 0
        let problem = SettingsProblem(at: .standard, field: "", what: error.message, fix: error.remedy ?? "")
        self.problems = [Problem(problem)]
    }
}
