import BackupDomain
import Settings
import Testing

@Suite("Problems with settings")
struct ProblemTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        /// What stands under `version: 1`, from line 2 on.
        var body: String
        var line: Int
        var column: Int
        var field: String
        /// What the problem must say.
        var says: [String]
    }

    static let values: [Case] = [
        Case(
            testDescription: "a word for a number",
            body: "width: many",
            line: 2,
            column: 8,
            field: "width",
            says: ["'many' is not a whole number", "a whole number from 1 to 64", "width: 3"]
        ),
        Case(
            testDescription: "a number that YAML takes for another",
            body: "width: 010",
            line: 2,
            column: 8,
            field: "width",
            says: ["'010' is not a whole number"]
        ),
        Case(
            testDescription: "a number with underscores",
            body: "retention:\n  keepLast: 1_000",
            line: 3,
            column: 13,
            field: "retention.keepLast",
            says: ["not a whole number"]
        ),
        Case(
            testDescription: "a negative number",
            body: "retention: {keepLast: -1}",
            line: 2,
            column: 23,
            field: "retention.keepLast",
            says: ["'-1' is not a whole number"]
        ),
        Case(
            testDescription: "a number in quotes",
            body: "width: \"8\"",
            line: 2,
            column: 8,
            field: "width",
            says: ["stands in quotes", "Take the quotes away"]
        ),
        Case(
            testDescription: "out of range",
            body: "retention:\n  minGood: 0",
            line: 3,
            column: 12,
            field: "retention.minGood",
            says: ["'0' is out of range", "1 to 1000: the last good backup stays"]
        ),
        Case(
            testDescription: "far out of range",
            body: "width: 99999999999999999999999",
            line: 2,
            column: 8,
            field: "width",
            says: ["not a whole number"]
        ),
        Case(
            testDescription: "a share above one",
            body: "retention: {shrinkGuard: 1.1}",
            line: 2,
            column: 26,
            field: "retention.shrinkGuard",
            says: ["'1.1' is out of range", "from 0 to 1: 0 never stops"]
        ),
        Case(
            testDescription: "a share in another form",
            body: "retention: {shrinkGuard: .7}",
            line: 2,
            column: 26,
            field: "retention.shrinkGuard",
            says: ["not a decimal number"]
        ),
        Case(
            testDescription: "a duration without a unit",
            body: "timeout: 12",
            line: 2,
            column: 10,
            field: "timeout",
            says: ["'12' has no unit", "s, m, h or d", "timeout: 2h"]
        ),
        Case(
            testDescription: "a duration out of range",
            body: "timeout: 31d",
            line: 2,
            column: 10,
            field: "timeout",
            says: ["out of range", "to 30d"]
        ),
        Case(
            testDescription: "days that are no days",
            body: "retention: {keepWithin: 36h}",
            line: 2,
            column: 25,
            field: "retention.keepWithin",
            says: ["'36h' is not allowed", "whole days"]
        ),
        Case(
            testDescription: "a choice with a slip",
            body: "access: {type: AccesKey}",
            line: 2,
            column: 16,
            field: "access.type",
            says: ["Did you mean AccessKey?", "UserAssignedManagedIdentity"]
        ),
        Case(
            testDescription: "an account that cannot be",
            body: "storage: {account: Contoso_Backups}",
            line: 2,
            column: 20,
            field: "storage.account",
            says: ["3 to 24 lower-case letters and digits"]
        ),
        Case(
            testDescription: "a template without the time",
            body: "backupName: \"{instance}.apimbackup\"",
            line: 2,
            column: 13,
            field: "backupName",
            says: ["it must hold {time}"]
        ),
        Case(
            testDescription: "an api-version that is no date",
            body: "apiVersion: latest",
            line: 2,
            column: 13,
            field: "apiVersion",
            says: ["2024-05-01"]
        ),
        Case(
            testDescription: "an endpoint with a signature",
            body: "storage: {account: contosobackups, blobEndpoint: \"https://x.example/?sig=abc\"}",
            line: 2,
            column: 50,
            field: "storage.blobEndpoint",
            says: ["without a query", "sig=<secret>"]
        ),
        Case(
            testDescription: "no value",
            body: "width:\ntimeout: 1h",
            line: 2,
            column: 7,
            field: "width",
            says: ["there is no value", "take the line out"]
        ),
        Case(
            testDescription: "a list for a value",
            body: "width: [4]",
            line: 2,
            column: 8,
            field: "width",
            says: ["a list stands here"]
        ),
        Case(
            testDescription: "a section for a value",
            body: "width: {at: 4}",
            line: 2,
            column: 8,
            field: "width",
            says: ["a section stands here"]
        ),
        Case(
            testDescription: "a value for a section",
            body: "storage: contosobackups",
            line: 2,
            column: 10,
            field: "storage",
            says: ["a text stands here", "account, container, catalogContainer, blobEndpoint"]
        ),
        Case(
            testDescription: "a value for a list",
            body: "instances: contoso-apim",
            line: 2,
            column: 12,
            field: "instances",
            says: ["a text stands here", "a list", "'- '"]
        ),
        Case(
            testDescription: "a list for a section",
            body: "storage:\n  - account: x",
            line: 3,
            column: 3,
            field: "storage",
            says: ["a list stands here"]
        ),
    ]

    static let keys: [Case] = [
        Case(
            testDescription: "a slip",
            body: "retention:\n  minGod: 3",
            line: 3,
            column: 3,
            field: "retention.minGod",
            says: ["there is no such key", "Did you mean minGood?"]
        ),
        Case(
            testDescription: "hyphens",
            body: "retention: {keep-within: 30d}",
            line: 2,
            column: 13,
            field: "retention.keep-within",
            says: ["Did you mean keepWithin?"]
        ),
        Case(
            testDescription: "another level",
            body: "catalogContainer: records",
            line: 2,
            column: 1,
            field: "catalogContainer",
            says: ["Did you mean storage.catalogContainer?"]
        ),
        Case(
            testDescription: "something else",
            body: "storage: {bananas: 3}",
            line: 2,
            column: 11,
            field: "storage.bananas",
            says: ["Known here: account, container, catalogContainer, blobEndpoint."]
        ),
        Case(
            testDescription: "of an instance",
            body: "storage: {account: contosobackups}\ninstances:\n  - name: contoso-apim\n    tier: Premium",
            line: 5,
            column: 5,
            field: "instances[0].tier",
            says: ["there is no such key"]
        ),
        Case(
            testDescription: "a secret",
            body: "access:\n  type: AccessKey\n  key: c2VjcmV0",
            line: 4,
            column: 8,
            field: "access.key",
            says: ["a secret must not stand here", "APIM_BACKUP_ACCESS_KEY", "change the secret"]
        ),
        Case(
            testDescription: "a merge key",
            body: "<<: {width: 3}",
            line: 2,
            column: 1,
            field: "<<",
            says: ["there is no such key"]
        ),
    ]

    static let contradictions: [Case] = [
        Case(
            testDescription: "one container for both",
            body: "storage: {container: apim-backups-catalog}",
            line: 2,
            column: 10,
            field: "storage.catalogContainer",
            says: ["must differ"]
        ),
        Case(
            testDescription: "an identity without its id",
            body: "access:\n  type: UserAssignedManagedIdentity",
            line: 3,
            column: 9,
            field: "access.type",
            says: ["needs clientId", "az apim show"]
        ),
        Case(
            testDescription: "an id for another type",
            body: "access:\n  type: AccessKey\n  keyFile: key\n  clientId: 11111111-2222-3333-4444-555555555555",
            line: 5,
            column: 13,
            field: "access.clientId",
            says: ["UserAssignedManagedIdentity only"]
        ),
        Case(
            testDescription: "a key for another type",
            body: "access: {keyFile: key}",
            line: 2,
            column: 19,
            field: "access.keyFile",
            says: ["AccessKey only"]
        ),
        Case(
            testDescription: "an instance without a name",
            body: "storage: {account: contosobackups}\ninstances:\n  - maxAge: 50h",
            line: 4,
            column: 5,
            field: "instances[0].name",
            says: ["neither name nor id"]
        ),
        Case(
            testDescription: "an instance whose inventory alone is wanted, and not to be taken",
            body: "storage: {account: contosobackups}\ninstances:\n  - {name: a, inventoryOnly: true, inventory: off}",
            line: 4,
            column: 30,
            field: "instances[0].inventoryOnly",
            says: ["'inventory: off' takes none"]
        ),
        Case(
            testDescription: "inventories alone for all instances at once",
            body: "storage: {account: contosobackups}\ninventoryOnly: true\ninstances: [a]",
            line: 3,
            column: 1,
            field: "inventoryOnly",
            says: ["there is no such key"]
        ),
        Case(
            testDescription: "an instance with name and id",
            body: """
                storage: {account: contosobackups}
                instances:
                  - name: a
                    id: /subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/a
                """,
            line: 4,
            column: 11,
            field: "instances[0].name",
            says: ["both given"]
        ),
        Case(
            testDescription: "an instance twice",
            body: "storage: {account: contosobackups}\ninstances: [a, b, A]",
            line: 3,
            column: 19,
            field: "instances[2]",
            says: ["'A' is listed twice"]
        ),
        Case(
            testDescription: "an instance without an account",
            body: "instances: [a]",
            line: 2,
            column: 13,
            field: "instances[0].storage",
            says: ["no storage account is named"]
        ),
        Case(
            testDescription: "an id of something else",
            body: "instances: [/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/a]",
            line: 2,
            column: 13,
            field: "instances[0].id",
            says: ["the resource id of an API Management instance"]
        ),
        Case(
            testDescription: "a wrong field of an expression",
            body: "schedule: {cron: 61 1 * * *}",
            line: 2,
            column: 18,
            field: "schedule.cron",
            says: ["field minute", "0 to 59"]
        ),
        Case(
            testDescription: "an expression with seconds",
            body: "schedule:\n  cron: 0 0 1 * * *",
            line: 3,
            column: 9,
            field: "schedule.cron",
            says: ["five fields", "NCRONTAB"]
        ),
        Case(
            testDescription: "an expression and an interval",
            body: "schedule: {cron: 0 1 * * *, every: 6h}",
            line: 2,
            column: 36,
            field: "schedule.every",
            says: ["exclude each other", "Keep one"]
        ),
        Case(
            testDescription: "a zone for an interval",
            body: "schedule: {every: 6h, timeZone: Europe/Berlin}",
            line: 2,
            column: 33,
            field: "schedule.timeZone",
            says: ["goes with cron only"]
        ),
        Case(
            testDescription: "an interval that is too short",
            body: "schedule: {every: 30s}",
            line: 2,
            column: 19,
            field: "schedule.every",
            says: ["from 1m to 366d"]
        ),
        Case(
            testDescription: "a delay as long as the distance of two times",
            body: "schedule: {every: 6h, jitter: 6h}",
            line: 2,
            column: 31,
            field: "schedule.jitter",
            says: ["not shorter than the distance"]
        ),
        Case(
            testDescription: "no word for catching up",
            body: "schedule: {catchUp: newest}",
            line: 2,
            column: 21,
            field: "schedule.catchUp",
            says: ["latest, all, none"]
        ),
        Case(
            testDescription: "a name that cannot be",
            body: "storage: {account: contosobackups}\ninstances: [1apim]",
            line: 3,
            column: 13,
            field: "instances[0].name",
            says: ["a letter first"]
        ),
    ]

    @Test(arguments: values + keys + contradictions)
    func `names place, field, rule and what to do`(_ test: Case) throws {
        let resolution = SettingsFixture.resolve(body: test.body)
        let problem = try #require(resolution.problems.first, "nothing was found")
        #expect(
            problem.origin == .file(path: "apim-backup.yaml", line: test.line, column: test.column),
            "\(problem)"
        )
        #expect(problem.field == test.field)
        #expect(problem.severity == .error)
        for words in test.says { #expect("\(problem)".contains(words), "\(problem)") }
        #expect(!resolution.isUsable)
        #expect(throws: BackupError(.invalidInput, "")) { try resolution.checked() }
    }

    @Test func `are told together, from top to bottom`() {
        let resolution = SettingsFixture.resolve(
            body: """
                width: 100
                storage:
                  acount: contosobackups
                timeout: soon
                retention:
                  minGood: 0
                  keepWithin: 0d
                """,
            variables: ["APIM_BACKUP_WIDTH": "x", "APIM_BACKUP_RETENTION_KEEP_WITIN": "30d"]
        )
        #expect(
            resolution.problems.map { "\($0.origin) \($0.field)" } == [
                "apim-backup.yaml:2 width", "apim-backup.yaml:4 storage.acount", "apim-backup.yaml:5 timeout",
                "apim-backup.yaml:7 retention.minGood", "apim-backup.yaml:8 retention.keepWithin",
                "APIM_BACKUP_RETENTION_KEEP_WITIN ", "APIM_BACKUP_WIDTH width",
            ]
        )
        let error = #expect(throws: BackupError.self) { try resolution.checked() }
        #expect(error?.message.hasPrefix("There are 7 problems") == true)
        #expect(error?.exitStatus == .usage)
    }

    @Test func `what many instances inherit is told once`() {
        let resolution = SettingsFixture.resolve(
            body: """
                storage: {account: contosobackups}
                access: {type: AccessKey}
                instances: [a, b, c]
                """
        )
        #expect(resolution.problems.count == 1, "\(resolution.problems)")
        #expect(resolution.problems.first?.severity == .warning)
        #expect(resolution.isUsable)
    }

    @Test func `a value that nobody may see is not repeated`() {
        let key = String(repeating: "k", count: 86) + "=="
        for body in ["access: {key: \(key)}", "width: \(key)", "storage: {account: \(key)}", "accessKey: \(key)"] {
            let resolution = SettingsFixture.resolve(body: body)
            #expect(!resolution.problems.isEmpty)
            for problem in resolution.problems { #expect(!"\(problem)".contains("kkkk"), "\(problem)") }
        }
    }
}
