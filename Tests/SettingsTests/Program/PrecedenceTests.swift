import BackupDomain
import Settings
import Testing

@Suite("What wins among settings")
struct PrecedenceTests {
    @Test func `a flag before a variable before the file before Azure's variable before the default`() throws {
        let file = "version: 1\nsubscription: file\ntimeout: 2h\nwidth: 2\n"
        let azure = ["AZURE_SUBSCRIPTION_ID": "azure"]
        let ours = ["APIM_BACKUP_SUBSCRIPTION": "variable", "APIM_BACKUP_TIMEOUT": "3h"]
        let flag = SettingFlag("subscription", "--subscription", "flag")
        func subscription(_ resolution: ProgramSettings.Resolution) throws -> [String] {
            let settings = try resolution.checked()
            return [settings.backup.subscription ?? "", "\(settings.origins.origin(of: SettingPath("subscription")))"]
        }
        #expect(try subscription(SettingsFixture.resolve()) == ["", "default"])
        #expect(try subscription(SettingsFixture.resolve(variables: azure)) == ["azure", "AZURE_SUBSCRIPTION_ID"])
        #expect(try subscription(SettingsFixture.resolve(file, variables: azure)) == ["file", "apim-backup.yaml:2"])
        let all = azure.merging(ours) { first, _ in first }
        #expect(
            try subscription(SettingsFixture.resolve(file, variables: all)) == ["variable", "APIM_BACKUP_SUBSCRIPTION"]
        )
        let flagged = SettingsFixture.resolve(file, variables: all, flags: [flag])
        #expect(try subscription(flagged) == ["flag", "--subscription"])
        #expect(flagged.settings.backup.timeout == .seconds(3 * 3600))
        #expect(flagged.settings.width == 2)
    }

    @Test func `an instance's own entry wins over variables, and a flag over that`() throws {
        let file = """
            version: 1
            storage: {account: contosobackups}
            instances:
              - name: a
                timeout: 1h
              - b
            """
        let variables = ["APIM_BACKUP_TIMEOUT": "2h"]
        let settings = try SettingsFixture.resolve(file, variables: variables).checked()
        #expect(settings.instances.map(\.backup.timeout) == [.seconds(3600), .seconds(7200)])
        let path = SettingPath("instances")
        #expect("\(settings.origins.origin(of: path.element(0).appending("timeout")))" == "apim-backup.yaml:5")
        #expect("\(settings.origins.origin(of: path.element(1).appending("timeout")))" == "APIM_BACKUP_TIMEOUT")
        let flag = SettingFlag("timeout", "--timeout", "3h")
        let flagged = try SettingsFixture.resolve(file, variables: variables, flags: [flag]).checked()
        #expect(flagged.instances.map(\.backup.timeout) == [.seconds(10_800), .seconds(10_800)])
        #expect("\(flagged.origins.origin(of: path.element(0).appending("timeout")))" == "--timeout")
    }

    @Test func `a wrong value is told also where another one wins, and once`() {
        let resolution = SettingsFixture.resolve(
            "version: 1\nstorage: {account: contosobackups}\ntimeout: soon\ninstances: [a, b]\n",
            flags: [SettingFlag("timeout", "--timeout", "later")]
        )
        #expect(resolution.problems.map { "\($0.origin)" } == ["apim-backup.yaml:3", "--timeout"])
    }

    @Test func `retention is overridden key by key`() throws {
        let settings = try SettingsFixture.resolve(
            body: """
                storage: {account: contosobackups}
                retention: {keepWithin: 30d, minGood: 3}
                instances:
                  - name: a
                    retention: {minGood: 5, keepYearly: 2}
                """
        ).checked()
        let retention = settings.instances[0].backup.retention
        #expect(retention.keepWithinDays == 30)
        #expect(retention.minGood == 5)
        #expect(retention.keepYearly == 2)
        #expect(settings.backup.retention.minGood == 3)
    }

    @Test func `what goes with an account or a type is not inherited by another`() throws {
        let settings = try SettingsFixture.resolve(
            body: """
                storage:
                  account: contosobackups
                  container: nightly
                  blobEndpoint: https://contoso.example
                access:
                  clientId: 11111111-2222-3333-4444-555555555555
                instances:
                  - name: same
                    storage: {account: contosobackups}
                  - name: other
                    storage: {account: fabrikambackups}
                    access: {type: SystemAssignedManagedIdentity}
                """
        ).checked()
        #expect(settings.instances[0].backup.storage == settings.backup.storage)
        #expect(settings.instances[1].backup.storage.container == "nightly")
        #expect(settings.instances[1].backup.storage.blobEndpoint == nil)
        #expect(settings.instances[1].backup.access.clientID == nil)
        let path = SettingPath("instances").element(1).appending("storage").appending("blobEndpoint")
        #expect(settings.origins.origin(of: path) == .standard)
        #expect(settings.places.compactMap(\.storage.account) == ["contosobackups", "fabrikambackups"])
    }

    @Test func `a flag for another account leaves the file's endpoint behind, and a key stays`() throws {
        let settings = try SettingsFixture.resolve(
            "version: 1\nstorage: {account: contosobackups, blobEndpoint: https://contoso.example}\n",
            variables: ["APIM_BACKUP_ACCESS_KEY": "k"],
            flags: [
                SettingFlag("storage.account", "--storage-account", "fabrikambackups"),
                SettingFlag("access.type", "--access-type", "accesskey"),
            ]
        ).checked()
        #expect(settings.backup.storage.blobEndpoint == nil)
        #expect(settings.backup.access.key?.reveal() == "k")
    }

    @Test func `what holds for all may be completed by each instance`() throws {
        let body = """
            storage: {account: contosobackups}
            access: {type: UserAssignedManagedIdentity}
            instances:
              - name: a
                access: {clientId: 11111111-2222-3333-4444-555555555555}
            """
        let settings = try SettingsFixture.resolve(body: body).checked()
        #expect(settings.instances[0].backup.access.type == .userAssigned)
        #expect(throws: BackupError(.invalidInput, "")) { try settings.instanceOrStandard("b") }
        #expect(try settings.instanceOrStandard("A").backup == settings.instances[0].backup)
    }

    @Test func `nothing at all is the product's defaults`() throws {
        let settings = try SettingsFixture.resolve().checked()
        #expect(settings.instances.isEmpty)
        #expect(settings.places.isEmpty)
        #expect(settings.backup == BackupSettings())
        #expect(settings.backup.retention == RetentionPolicy())
        let error = #expect(throws: BackupError.self) { try settings.backup.storage.requiredAccount() }
        #expect(error?.exitStatus == .usage)
        for words in ["--storage-account", "storage.account", "APIM_BACKUP_STORAGE_ACCOUNT"] {
            #expect(error?.remedy?.contains(words) == true)
        }
    }
}
