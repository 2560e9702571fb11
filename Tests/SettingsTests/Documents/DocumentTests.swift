import BackupDomain
import Foundation
import Settings
import Testing

@Suite("What is written of settings")
struct DocumentTests {
    /// Compares with a committed file; `UPDATE_GOLDEN=1 make test` rewrites it.
    private func expect(_ text: String, matches name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../")
        let file = root.appending(path: name).standardizedFileURL
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(text.utf8).write(to: file) }
        let committed = try String(contentsOf: file, encoding: .utf8)
        #expect(text == committed, "\(name) is not what the keys say: UPDATE_GOLDEN=1 make test writes it anew")
    }

    @Test func `the reference is the committed page`() throws {
        try self.expect(SettingsReference.markdown, matches: "docs/settings.md")
    }

    @Test func `the schema is the committed one`() throws {
        let data = try JSONEncoder.stable(pretty: true).encode(SettingsSchema.document)
        try self.expect(String(decoding: data, as: UTF8.self) + "\n", matches: "docs/apim-backup.schema.json")
    }

    @Test func `the schema knows every key and no secret`() throws {
        func compare(_ keys: [SettingKey], _ schema: JSONValue?) throws {
            let properties = try #require(schema?["properties"]?.object)
            #expect(Set(properties.keys) == Set(keys.filter { !$0.isSecret }.map(\.name)))
            #expect(schema?["additionalProperties"] == .boolean(false))
            for key in keys {
                switch key.content {
                case .section(let children): try compare(children, properties[key.name])
                case .sections(let children, _):
                    let items = properties[key.name]?["items"]
                    try compare(children, items?["oneOf"]?.array?.last ?? items)
                case .value, .values: break
                }
            }
        }
        try compare(ProgramSettings.keys, SettingsSchema.document)
    }

    @Test func `a file to start from can be used as it is`() throws {
        let id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/contoso-apim"
        let given = SettingsFixture.resolve(
            variables: ["APIM_BACKUP_ACCESS_KEY": "the secret"],
            flags: [SettingFlag("storage.account", "--storage-account", "contosobackups")]
        )
        let full = StartingSettings(
            try given.checked(),
            listed: [
                StartingSettings.Listed(id, comment: "Developer"),
                StartingSettings.Listed("northwind-apim", obstacle: "its tier has no backup"),
            ]
        )
        let settings = try SettingsFixture.resolve(full.text).checked()
        #expect(settings.instances.map(\.instanceName) == ["contoso-apim"])
        #expect(settings.backup.storage.account == "contosobackups")
        #expect(!full.text.contains("secret\n"))
        #expect(settings.backup.retention.keepWithinDays == 30)
        #expect(settings.backup.retention.minGood == 3)
        let bare = SettingsFixture.resolve(StartingSettings().text)
        #expect(bare.problems.isEmpty, "\(bare.problems)")
        #expect(bare.settings.instances.isEmpty)
        try self.expect(full.text, matches: "Tests/SettingsTests/Golden/starting.yaml")
    }

    @Test func `every line that a file to start from has as a comment may be taken in`() {
        let text = StartingSettings().text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> Substring in
            let body = line.drop { $0 == " " }
            guard body.hasPrefix("# "), let colon = body.firstIndex(of: ":"), !body.dropFirst(2).hasPrefix("-"),
                body[..<colon].dropFirst(2).allSatisfy({ $0.isLetter })
            else { return line }
            return line.prefix { $0 == " " } + body.dropFirst(2)
        }
        let resolution = SettingsFixture.resolve(lines.joined(separator: "\n"))
        // Types of access exclude each other, as do an expression and an interval; all else goes together.
        let rivals = ["access.clientId", "access.keyFile", "schedule.every"]
        #expect(Set(resolution.problems.map(\.field)).isSubset(of: rivals), "\(resolution.problems)")
    }

    static let sample = """
        version: 1
        storage: {account: contosobackups}
        backupName: "{instance} {time}.apimbackup"
        instances:
          - contoso-apim
          - name: fabrikam-apim
            storage: {account: fabrikambackups}
            retention: {minGood: 5}
        """

    @Test func `what is shown can be read again, and says where it comes from`() throws {
        let resolution = SettingsFixture.resolve(
            Self.sample,
            variables: ["APIM_BACKUP_WIDTH": "8", "APIM_BACKUP_ACCESS_KEY": "the secret"],
            flags: [SettingFlag("timeout", "--timeout", "3h")]
        )
        let lines = SettingsOutline(try resolution.checked()).lines
        let text = lines.joined(separator: "\n") + "\n"
        #expect(!text.contains("the secret"))
        try self.expect(text, matches: "Tests/SettingsTests/Golden/shown.yaml")
        let again = try SettingsFixture.resolve(text).checked()
        #expect(again.instances.map(\.backup.retention) == resolution.settings.instances.map(\.backup.retention))
        #expect(again.backup.storage == resolution.settings.backup.storage)
        #expect(again.backup.backupName == resolution.settings.backup.backupName)
        #expect(again.width == 8)
        #expect(again.backup.timeout == .seconds(3 * 3600))
    }

    @Test func `one instance is shown whole`() throws {
        let settings = try SettingsFixture.resolve(Self.sample).checked()
        let text = SettingsOutline(settings).lines(of: settings.instances[1]).joined(separator: "\n") + "\n"
        try self.expect(text, matches: "Tests/SettingsTests/Golden/shown-instance.yaml")
    }

    @Test func `programs get every value with its origin and no secret`() throws {
        let settings = try SettingsFixture.resolve(
            Self.sample,
            variables: ["APIM_BACKUP_ACCESS_KEY": "the secret"]
        ).checked()
        let document = SettingsOutline(settings).document
        #expect(document["file"]?.string == "apim-backup.yaml")
        let instances = document["settings"]?["instances"]?.array
        #expect(instances?.last?["retention"]?["minGood"]?.integer == 5)
        #expect(instances?.last?["timeout"]?.string == "12h")
        #expect(document["settings"]?["access"]?["key"]?.string == "<set>")
        let origins = document["origins"]?.array ?? []
        let own = origins.first { $0["path"]?.string == "instances[1].retention.minGood" }
        #expect(own?["source"]?.string == "file")
        #expect(own?["line"]?.integer == 8)
        let data = try JSONEncoder.stable().encode(document)
        #expect(!String(decoding: data, as: UTF8.self).contains("the secret"))
    }
}
