/// The reference of all settings, as Markdown: docs/settings.md is this text.
package enum SettingsReference {
    /// The page.
    package static var markdown: String {
        var lines = [Self.introduction, "## Keys", ""]
        lines += ["### At the top", ""] + Self.table(ProgramSettings.keys, .top)
        lines += Self.sections(ProgramSettings.keys, .top)
        lines += [Self.instances, ""] + Self.table(Self.ownKeys, SettingPath("instances[…]"))
        lines += ["", "## Other variables", "", "| variable | what for |", "|---|---|"]
        lines += KnownVariables.others.map { "| `\($0.name)` | \($0.summary) |" }
        lines += ["", Self.azure]
        return lines.joined(separator: "\n")
    }

    private static var ownKeys: [SettingKey] {
        let shared = Set(BackupSettings.keys.map(\.name))
        return InstanceSettings.keys.filter { !shared.contains($0.name) }
    }

    /// The tables of the sections, each under its path; the list of instances has a part of its own.
    private static func sections(_ keys: [SettingKey], _ path: SettingPath) -> [String] {
        keys.flatMap { key -> [String] in
            guard !key.children.isEmpty, key.name != "instances" else { return [] }
            let isList = if case .sections = key.content { true } else { false }
            let path = path.appending(key.name + (isList ? "[…]" : ""))
            return ["", "### `\(path)`", "", key.summary, ""] + Self.table(key.children, path)
                + Self.sections(key.children, path)
        }
    }

    private static func table(_ keys: [SettingKey], _ path: SettingPath) -> [String] {
        ["| key | type | default | what for | variable |", "|---|---|---|---|---|"]
            + keys.map { key in
                let path = path.appending(key.name)
                let variable = key.name == "version" || key.children.isEmpty == false ? nil : path.variable
                let cells = [
                    "`\(key.name)`", Self.type(key), Self.standard(key), Self.summary(key),
                    Self.variable(key, path, variable),
                ]
                return "| \(cells.joined(separator: " | ")) |"
            }
    }

    private static func type(_ key: SettingKey) -> String {
        switch key.content {
        case .value(let traits, _): "\(traits.name)"
        case .values(let traits): "list of \(traits.name)"
        case .section: "section"
        case .sections: "list"
        }
    }

    private static func standard(_ key: SettingKey) -> String {
        guard case .value(_, let standard?) = key.content else { return "" }
        return "`\(standard.text)`"
    }

    private static func summary(_ key: SettingKey) -> String {
        switch key.content {
        case .value(let traits, _), .values(let traits):
            "\(key.summary) It takes \(traits.rule).".replacing("|", with: "\\|")
        case .section, .sections: key.summary
        }
    }

    private static func variable(_ key: SettingKey, _ path: SettingPath, _ variable: String?) -> String {
        if case .sections = key.content, path.text == "instances", let name = path.variable { return "`\(name)`" }
        return variable.map { "`\($0)`" } ?? ""
    }

    private static let introduction = """
        # Settings

        `apim-backup` is told what to do by a file, by variables and by flags; each alone is enough. What is wrong is told all at once, with
        file and line, field, rule and what to do, and exit code 64:

        ```sh
        apim-backup config generate --storage-account ACCOUNT --out apim-backup.yaml   # a file to start from
        apim-backup config validate
        apim-backup config show                                                        # what holds, and where it comes from
        ```

        This page and `docs/apim-backup.schema.json`, the JSON Schema for editors, are written from the same description of the keys that the
        program reads by.

        ## The file

        It is the one that `--settings` names, else `APIM_BACKUP_SETTINGS`, else `./apim-backup.yaml`, else
        `/etc/apim-backup/apim-backup.yaml`; none is needed.

        ```yaml
        version: 1
        storage:
          account: contosobackups
        retention:
          keepWithin: 30d
          minGood: 3
        instances:
          - contoso-apim
          - name: fabrikam-apim
            resourceGroup: rg-fabrikam
            maxAge: 50h
            storage:
              account: fabrikambackups
        ```

        YAML, UTF-8, at most 1 MiB. A key that is not known, or stands twice, is an error. Texts are what they say: `0123` is no number here and
        `yes` is not `true`. Anchors, aliases and tags are not read. A file of a newer `version` is refused.

        **Secrets stand in no file.** They are named: by a file of their own, which only its owner and group may read, or by a variable.
        The path of such a file goes from the folder of the settings file.

        ## What wins

        1. A flag of the command line; it goes for every instance that the command works on.
        2. What an instance's own entry in `instances` says, key by key: `retention: {minGood: 5}` changes that number and keeps the other
           rules. What belongs together goes together: an instance with another `storage.account` does not inherit `storage.blobEndpoint`, and one
           with another `access.type` neither `clientId` nor `keyFile`, and one with `schedule.every` neither `cron` nor `timeZone`.
        3. A variable.
        4. The file.
        5. `AZURE_SUBSCRIPTION_ID`, for `subscription`.
        6. The default.

        ## Variables

        Each key has a variable: the words of its path in capitals after `APIM_BACKUP_`, so `retention.keepWithin` is
        `APIM_BACKUP_RETENTION_KEEP_WITHIN`. One that is empty counts as not set; one that begins so and is not known is an error, but for those
        that Kubernetes makes for a service named `apim-backup`. `APIM_BACKUP_INSTANCES` takes names or resource ids with commas between them; it
        says which instances, and what the file says of one of them holds.

        """

    private static let instances = """

        ### `instances[…]`

        A name, a resource id, or a section. Beside these keys it takes `subscription`, `storage`, `access`, `backupName`, `timeout`, `waitBusy`,
        `maxAge`, `schedule`, `retention` and all else that can differ for an instance, as they stand above.
        """

    private static let azure = """
        The credentials' variables are Azure's own: `AZURE_TENANT_ID`, `AZURE_CLIENT_ID`, `AZURE_CLIENT_SECRET`,
        `AZURE_CLIENT_CERTIFICATE_PATH`, `AZURE_FEDERATED_TOKEN_FILE`, `AZURE_TOKEN_CREDENTIALS`, `AZURE_AUTHORITY_HOST`; so are
        `ARM_CLOUD_METADATA_URL`, `HTTPS_PROXY`, `NO_PROXY` and `SSL_CERT_FILE`.

        """
}
