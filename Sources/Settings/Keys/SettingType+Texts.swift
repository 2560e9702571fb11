package import BackupDomain

extension SettingType<String> {
    /// A text that holds to a rule.
    ///
    /// - Parameters:
    ///   - rule: The rule, as the end of "it takes …".
    ///   - example: A text that is allowed.
    ///   - pattern: The rule as a regular expression for the JSON Schema, as far as one says it.
    ///   - isValid: Whether a text holds to the rule.
    /// - Returns: The type.
    package static func text(
        _ rule: String,
        example: String,
        pattern: String? = nil,
        where isValid: @escaping @Sendable (String) -> Bool
    ) -> Self {
        var schema: [String: JSONValue] = ["type": .string("string")]
        if let pattern { schema["pattern"] = .string(pattern) }
        return Self(SettingTraits(name: "text", rule: rule, example: example, schema: schema)) { text in
            isValid(text) ? .success(text) : .failure(SettingMistake("\(SettingEcho(text)) is not allowed"))
        } text: {
            $0
        }
    }

    /// The path of a file that holds a secret; relative to the settings file that names it.
    ///
    /// Where it is read and at `config validate` a file that others can read is refused.
    package static var secretFile: Self { .secretFile("/run/secrets/storage-key") }

    /// The same with another example.
    ///
    /// - Parameter example: A path.
    /// - Returns: The type.
    package static func secretFile(_ example: String) -> Self {
        let traits = SettingTraits(
            name: "file",
            rule: "the path of a file that only its owner and group can read",
            example: example,
            schema: ["type": .string("string"), "minLength": .integer(1)],
            role: .secretFile
        )
        return Self(traits) { text in
            // It may be the secret itself, and then must not be repeated.
            if text.contains("://") {
                return .failure(
                    SettingMistake(
                        "a URL stands here",
                        fix: "Put it into a file of its own, and name that here; change it where it is a secret."
                    )
                )
            }
            let isPath = (1...4096).contains(text.utf8.count) && text.unicodeScalars.allSatisfy { $0.value > 31 }
            return isPath ? .success(text) : .failure(SettingMistake("\(SettingEcho(text)) is no path"))
        } text: {
            $0
        }
    }
}

extension SettingType<Secret> {
    /// A secret: taken from its variable only.
    package static var secret: SettingType<Secret> {
        let traits = SettingTraits(
            name: "secret",
            rule: "a secret, from its variable only",
            example: "",
            schema: ["not": .object([:])],
            role: .secret
        )
        return Self(traits) { text in
            (1...65_536).contains(text.utf8.count)
                ? .success(Secret(text)) : .failure(SettingMistake("the secret is longer than 64 KB"))
        } text: { _ in
            "<set>"
        }
    }
}

extension SettingType where Value: RawRepresentable<String> & CaseIterable {
    /// One of some words, in any case of letters.
    package static var choice: Self {
        let words = Value.allCases.map(\.rawValue)
        let traits = SettingTraits(
            name: "choice",
            rule: "one of \(words.joined(separator: ", "))",
            example: words.first ?? "",
            schema: ["type": .string("string"), "enum": .array(words.map(JSONValue.string))]
        )
        return Self(traits) { text in
            if let value = Value.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) {
                return .success(value)
            }
            let fix = Suggestion.nearest(to: text, among: words).map { "Did you mean \($0)?" }
            return .failure(SettingMistake("\(SettingEcho(text)) is not allowed", fix: fix))
        } text: {
            $0.rawValue
        }
    }
}
