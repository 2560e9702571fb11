import BackupDomain
import Foundation
import Settings
import Testing

@Suite("Files of settings and secrets")
struct SecretFileTests {
    /// Files in memory.
    private func files(_ contents: [String: String], open: Set<String> = [], places: [String] = []) -> SettingsFiles {
        SettingsFiles(
            standardPlaces: places,
            read: { path, cap in contents[path].map { Data($0.utf8.prefix(cap + 1)) } },
            facts: { path in
                contents[path].map { _ in
                    SettingsFiles.Facts(isOpenToOthers: open.contains(path), mode: open.contains(path) ? "644" : "600")
                }
            }
        )
    }

    @Test func `the settings file is the one that is named, else the first that lies at a standard place`() throws {
        let files = self.files(
            ["a.yaml": "a", "b.yaml": "b", "/etc/x.yaml": "c"],
            places: ["missing.yaml", "/etc/x.yaml"]
        )
        let variables = ["APIM_BACKUP_SETTINGS": "b.yaml"]
        #expect(try files.settingsFile(named: "a.yaml", variables: variables)?.path == "a.yaml")
        #expect(try files.settingsFile(named: nil, variables: variables)?.path == "b.yaml")
        #expect(try files.settingsFile(named: nil, variables: [:])?.path == "/etc/x.yaml")
        #expect(try files.settingsFile(named: nil, variables: ["APIM_BACKUP_SETTINGS": ""])?.path == "/etc/x.yaml")
        #expect(try files.withoutStandardPlaces.settingsFile(named: nil, variables: [:]) == nil)
        let error = #expect(throws: BackupError.self) { try files.settingsFile(named: "no.yaml", variables: [:]) }
        #expect(error?.message == "There is no settings file no.yaml, which --settings names.")
    }

    private func settings(_ keyFiles: [String]) throws -> ProgramSettings {
        let entries = keyFiles.enumerated().map { index, file in
            "  - name: a\(index)\n    access: {type: AccessKey, keyFile: \(file)}"
        }
        return try SettingsFixture.resolve(
            body: "storage: {account: contosobackups}\ninstances:\n\(entries.joined(separator: "\n"))"
        ).checked()
    }

    @Test func `a secret file that others can read is a problem, one that is missing a warning`() throws {
        let settings = try self.settings(["/run/open", "/run/closed", "/run/missing"])
        let problems = self.files(["/run/open": "x", "/run/closed": "x"], open: ["/run/open"])
            .secretFileProblems(of: settings)
        #expect(problems.map(\.severity) == [.error, .warning])
        #expect(problems.map(\.field) == ["instances[0].access.keyFile", "instances[2].access.keyFile"])
        let text = problems.first.map { "\($0)" } ?? ""
        for words in [
            "apim-backup.yaml:5:", "everybody on this machine can read /run/open", "644", "chmod o-rwx /run/open",
        ] {
            #expect(text.contains(words), "\(text)")
        }
    }

    @Test func `a relative path goes from the folder of the settings file`() throws {
        let file = SettingsFile(
            path: "/etc/apim-backup/apim-backup.yaml",
            content: Data("version: 1\naccess: {type: AccessKey, keyFile: key}\n".utf8)
        )
        let settings = try ProgramSettings.resolve(file: file, variables: [:]).checked()
        #expect(settings.backup.access.keyFile == "/etc/apim-backup/key")
        let variable = try SettingsFixture.resolve(
            variables: ["APIM_BACKUP_ACCESS_TYPE": "AccessKey", "APIM_BACKUP_ACCESS_KEY_FILE": "key"]
        ).checked()
        #expect(variable.backup.access.keyFile == "key")
    }

    @Test(arguments: [
        ("/opt/tell", true), ("opt/tell", true), ("tell", true), ("./tell", false), ("/opt/none", false),
        ("none", false),
        ("/opt/text", false), ("text", false),
    ])
    func `a program is found by its path from the root, or by its name in the folders`(_ name: String, _ isThere: Bool)
    {
        let files = SettingsFiles(
            standardPlaces: [],
            read: { _, _ in nil },
            facts: { path in
                switch path {
                case "/opt/tell": SettingsFiles.Facts(isOpenToOthers: true, mode: "755", isProgram: true)
                case "/opt/text": SettingsFiles.Facts(isOpenToOthers: true, mode: "644")
                default: nil
                }
            }
        )
        #expect(files.hasProgram(name, folders: "/usr/bin:/opt") == isThere)
    }

    @Test func `a secret is read without the line end, and never from a file that is open, empty or large`() throws {
        let large = String(repeating: "x", count: 5000)
        let files = self.files(["/k": "abc\n", "/open": "x", "/empty": " \n", "/large": large], open: ["/open"])
        #expect(try files.secret(in: "/k", "the account's key").reveal() == "abc")
        for (path, says) in [
            ("/open", "Everybody"), ("/empty", "is empty"), ("/large", "larger"), ("/none", "not there"),
        ] {
            let error = #expect(throws: BackupError.self) { try files.secret(in: path, "the account's key") }
            #expect(error?.message.contains(says) == true)
            #expect(error?.exitStatus == .usage)
        }
    }
}
