import BackupDomain
import Settings
import Testing

@Suite("Settings by variables")
struct VariableTests {
    @Test(arguments: [
        ("width", "APIM_BACKUP_WIDTH"), ("storage.account", "APIM_BACKUP_STORAGE_ACCOUNT"),
        ("storage.catalogContainer", "APIM_BACKUP_STORAGE_CATALOG_CONTAINER"),
        ("retention.keepWithin", "APIM_BACKUP_RETENTION_KEEP_WITHIN"),
        ("access.clientId", "APIM_BACKUP_ACCESS_CLIENT_ID"),
        ("access.key", "APIM_BACKUP_ACCESS_KEY"), ("instances", "APIM_BACKUP_INSTANCES"),
    ])
    func `their names follow from the path`(_ path: String, _ variable: String) {
        #expect(SettingPath(path).variable == variable)
    }

    @Test func `what is below a list has none`() {
        #expect(SettingPath("instances").element(0).appending("name").variable == nil)
    }

    @Test func `a job runs by variables alone`() throws {
        let settings = try SettingsFixture.resolve(variables: [
            "APIM_BACKUP_INSTANCES":
                "contoso-apim, /subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/fabrikam-apim",
            "APIM_BACKUP_STORAGE_ACCOUNT": "contosobackups", "APIM_BACKUP_RETENTION_KEEP_WITHIN": "30d",
            "APIM_BACKUP_RETENTION_SHRINK_GUARD": "0.5", "APIM_BACKUP_ACCESS_TYPE": "AccessKey",
            "APIM_BACKUP_ACCESS_KEY": "the key", "APIM_BACKUP_TIMEOUT": "3h", "APIM_BACKUP_WIDTH": "8",
            "APIM_BACKUP_MAX_AGE": "", "PATH": "/bin",
        ]).checked()
        #expect(settings.instances.map(\.instanceName) == ["contoso-apim", "fabrikam-apim"])
        #expect(settings.instances.allSatisfy { $0.backup == settings.backup })
        #expect(settings.backup.storage.account == "contosobackups")
        #expect(settings.backup.retention.keepWithinDays == 30)
        #expect(settings.backup.retention.shrinkGuard == 0.5)
        #expect(settings.backup.access.type == .accessKey)
        #expect(settings.backup.access.key?.reveal() == "the key")
        #expect(settings.backup.timeout == .seconds(3 * 3600))
        #expect(settings.backup.maxAge == BackupSettings().maxAge)
        #expect(settings.width == 8)
        #expect(settings.origins.origin(of: SettingPath("width")) == .variable("APIM_BACKUP_WIDTH"))
    }

    @Test func `the list by variable says which instances, and the file what differs for one`() throws {
        let settings = try SettingsFixture.resolve(
            body: """
                storage: {account: contosobackups}
                instances:
                  - name: contoso-apim
                    maxAge: 50h
                  - fabrikam-apim
                """,
            variables: ["APIM_BACKUP_INSTANCES": "Contoso-APIM,adatum-apim"]
        ).checked()
        #expect(settings.instances.map(\.instanceName) == ["contoso-apim", "adatum-apim"])
        #expect(settings.instances.map(\.backup.maxAge) == [.seconds(50 * 3600), BackupSettings().maxAge])
    }

    @Test(arguments: [
        ("APIM_BACKUP_STORAGE_ACOUNT", "Did you mean APIM_BACKUP_STORAGE_ACCOUNT?"),
        ("APIM_BACKUP_BANANAS_FOR_ALL", "docs/settings.md"),
        ("APIM_BACKUP_VERSION", "there is no such variable"),
    ])
    func `one that is not known is an error`(_ name: String, _ says: String) throws {
        let resolution = SettingsFixture.resolve(variables: [name: "x"])
        let problem = try #require(resolution.problems.first)
        #expect(problem.origin == .variable(name))
        #expect("\(problem)".contains(says), "\(problem)")
    }

    @Test func `those of other meanings, and those that Kubernetes makes, are none of settings`() {
        let names = [
            "APIM_BACKUP_SETTINGS", "APIM_BACKUP_CLOCK", "APIM_BACKUP_BLOB_ENDPOINT", "APIM_BACKUP_SERVICE_HOST",
            "APIM_BACKUP_SERVICE_PORT", "APIM_BACKUP_SERVICE_PORT_HTTP", "APIM_BACKUP_PORT",
            "APIM_BACKUP_PORT_8080_TCP_ADDR",
        ]
        let resolution = SettingsFixture.resolve(variables: Dictionary(uniqueKeysWithValues: names.map { ($0, "x") }))
        #expect(resolution.problems.isEmpty, "\(resolution.problems)")
    }

    @Test func `a value that is none is told with its variable`() throws {
        let resolution = SettingsFixture.resolve(variables: ["APIM_BACKUP_RETENTION_MIN_GOOD": "none"])
        let problem = try #require(resolution.problems.first)
        #expect("\(problem)".hasPrefix("APIM_BACKUP_RETENTION_MIN_GOOD: error: 'none'"), "\(problem)")
        #expect(problem.fix == "Set for instance: APIM_BACKUP_RETENTION_MIN_GOOD=3")
    }

    @Test func `no two keys share one`() {
        func names(_ keys: [SettingKey], _ path: SettingPath) -> [String] {
            keys.flatMap { key in
                let path = path.appending(key.name)
                guard case .section(let children) = key.content else { return [path.variable ?? ""] }
                return names(children, path)
            }
        }
        let all = names(ProgramSettings.keys, .top) + KnownVariables.others.map(\.name)
        #expect(Set(all).count == all.count)
    }
}
