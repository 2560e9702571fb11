/// A settings file to start from: every key with what it is for, most of them as comments.
package struct StartingSettings: Sendable {
    /// An instance to list.
    package struct Listed: Sendable, Hashable {
        /// Its name or resource id.
        package var reference: String
        /// What a comment says of it; nil for nothing.
        package var comment: String?
        /// Why it is listed as a comment only; nil where it is to be backed up.
        package var obstacle: String?

        /// Creates an entry.
        package init(_ reference: String, comment: String? = nil, obstacle: String? = nil) {
            self.reference = reference
            self.comment = comment
            self.obstacle = obstacle
        }
    }

    private let values: [SettingPath: String]
    private let listed: [Listed]

    /// Begins a file with the retention that is suggested: all of the last 30 days, and never fewer than three good ones.
    ///
    /// - Parameters:
    ///   - settings: What flags and variables say is taken over; defaults stay comments, and so do secrets.
    ///   - listed: The instances to list.
    package init(_ settings: ProgramSettings = ProgramSettings(), listed: [Listed] = []) {
        let suggested = [
            SettingPath("version"): "1", SettingPath("retention.keepWithin"): "30d",
            SettingPath("retention.minGood"): "3",
        ]
        self.values = suggested.merging(Self.given(settings.shown, .top, settings.origins)) { _, given in given }
        self.listed = listed.isEmpty ? settings.instances.map { Listed($0.reference) } : listed
    }

    /// The values that something sets.
    private static func given(
        _ shown: [(key: SettingKey, value: ShownSetting)],
        _ path: SettingPath,
        _ origins: SettingOrigins
    ) -> [SettingPath: String] {
        shown.reduce(into: [:]) { values, entry in
            let path = path.appending(entry.key.name)
            switch entry.value {
            case .value(let text, _, let traits) where traits.role != .secret && origins.isOwn(path):
                values[path] = text
            case .section(let children): values.merge(Self.given(children, path, origins)) { _, new in new }
            case .value, .values, .unset, .sections: break
            }
        }
    }

    /// The file's text.
    package var text: String {
        var lines = [
            "# Settings of apim-backup. 'apim-backup config validate' checks this file, 'apim-backup config show' says what",
            "# holds. A line with a '#' before its key shows the default, or an example where there is none.",
            "# For completion in editors: apim-backup config schema > apim-backup.schema.json",
            "# yaml-language-server: $schema=apim-backup.schema.json", "",
        ]
        self.add(ProgramSettings.keys, 0, .top, to: &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private func add(_ keys: [SettingKey], _ depth: Int, _ path: SettingPath, to lines: inout [String]) {
        let indent = String(repeating: "  ", count: depth)
        for key in keys where !key.isSecret {
            let path = path.appending(key.name)
            switch key.content {
            case .value(let traits, let standard):
                lines += Self.wrapped("\(key.summary) It takes \(traits.rule).", indent)
                let given = self.values[path]
                let value = given ?? standard?.text ?? traits.example
                let mark = given == nil ? "# " : ""
                lines.append("\(indent)\(mark)\(key.name): \(YAMLText.written(value, isBare: traits.isBare))")
            case .values(let traits):
                lines += Self.wrapped("\(key.summary) It takes a list; each is \(traits.rule).", indent)
                lines.append("\(indent)# \(key.name): [\(YAMLText.written(traits.example, isBare: traits.isBare))]")
            case .section(let children):
                lines += Self.wrapped(key.summary, indent)
                lines.append("\(indent)\(key.name):")
                self.add(children, depth + 1, path, to: &lines)
            case .sections:
                lines += Self.wrapped(key.summary, indent)
                lines.append("\(indent)\(key.name):")
                switch key.name {
                case "instances": lines += self.instances
                case "channels": lines += Self.channels
                default: break
                }
            }
            if depth == 0 { lines.append("") }
        }
        if depth == 0 { lines.removeLast() }
    }

    private var instances: [String] {
        let entries = self.listed.flatMap { listed -> [String] in
            let comment = [listed.comment, listed.obstacle].compactMap(\.self).joined(separator: "; ")
            let mark = listed.obstacle == nil ? "" : "# "
            return (comment.isEmpty ? [] : ["  # \(comment)"])
                + ["  \(mark)- \(listed.reference.hasPrefix("/") ? "id" : "name"): \(listed.reference)"]
                + (listed.obstacle == nil ? [] : ["  #   inventoryOnly: true"])
        }
        guard entries.isEmpty else { return entries }
        return [
            "  # - contoso-apim", "  # - name: fabrikam-apim", "  #   resourceGroup: rg-fabrikam", "  #   maxAge: 50h",
        ]
    }

    private static let channels = [
        "    # - name: ops", "    #   type: slack", "    #   urlFile: /run/secrets/slack-url", "    # - type: email",
        "    #   endpoint: https://contoso.europe.communication.azure.com", "    #   sender: backups@contoso.com",
        "    #   recipients: [ops@contoso.com]",
    ]

    private static func wrapped(_ text: String, _ indent: String) -> [String] {
        var lines: [String] = []
        var line = "\(indent)#"
        for word in text.split(separator: " ") {
            if line.count + word.count + 1 > 116, line.count > indent.count + 1 {
                lines.append(line)
                line = "\(indent)#"
            }
            line += " \(word)"
        }
        return lines + [line]
    }
}
