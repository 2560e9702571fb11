package import BackupDomain

/// The JSON Schema of the settings file, for editors.
package enum SettingsSchema {
    /// The schema.
    ///
    /// Secrets are not in it: they stand in no file.
    ///
    /// Source: <https://json-schema.org/draft/2020-12>
    package static var document: JSONValue {
        var members = Self.section(ProgramSettings.keys)
        members["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
        members["title"] = .string("apim-backup settings")
        members["description"] = .string("The settings file of apim-backup, apim-backup.yaml.")
        members["type"] = .string("object")
        members["required"] = .array([.string("version")])
        return .object(members)
    }

    private static func section(_ keys: [SettingKey]) -> [String: JSONValue] {
        let open = keys.filter { !$0.isSecret }
        return [
            // An empty section, all of whose keys are comments, is null to YAML.
            "type": .array([.string("object"), .string("null")]),
            "additionalProperties": .boolean(false),
            "properties": .object(Dictionary(uniqueKeysWithValues: open.map { ($0.name, Self.value($0)) })),
        ]
    }

    private static func value(_ key: SettingKey) -> JSONValue {
        var members: [String: JSONValue]
        switch key.content {
        case .value(let traits, let standard):
            members = traits.schema
            if let standard { members["default"] = standard.json }
        case .values(let traits):
            members = ["type": .array([.string("array"), .string("null")]), "items": .object(traits.schema)]
        case .section(let keys): members = Self.section(keys)
        case .sections(let keys, let shorthand):
            var element = Self.section(keys)
            element["type"] = .string("object")
            let items: JSONValue =
                if let shorthand {
                    .object(["oneOf": .array([.object(shorthand.schema), .object(element)])])
                } else {
                    .object(element)
                }
            members = ["type": .array([.string("array"), .string("null")]), "items": items]
        }
        members["description"] = .string(Self.description(key))
        return .object(members)
    }

    private static func description(_ key: SettingKey) -> String {
        switch key.content {
        case .value(let traits, _), .values(let traits): "\(key.summary) It takes \(traits.rule)."
        case .section, .sections: key.summary
        }
    }
}
