package import BackupDomain

/// What is known of a type of values without having one: for the checks, the reference and the schema.
package struct SettingTraits: Sendable, Hashable {
    /// What a value is to the one who keeps it.
    package enum Role: Sendable, Hashable {
        /// It may be shown to anybody.
        case open
        /// It is a secret: taken from variables only, never from a file or a flag, and never shown.
        case secret
        /// It is the path of a file that holds a secret, and that nobody else may read.
        case secretFile
    }

    /// The type's name, such as `duration`.
    package var name: String
    /// What a value must be, as the end of "it takes …".
    package var rule: String
    /// A value that is allowed.
    package var example: String
    /// The type's part of the JSON Schema.
    package var schema: [String: JSONValue]
    /// Whether YAML must have it without quotes: numbers, `true` and `false`.
    package var isBare: Bool
    /// What a value is to the one who keeps it.
    package var role: Role

    /// Creates a description; of an open text by default.
    package init(
        name: String,
        rule: String,
        example: String,
        schema: [String: JSONValue] = ["type": .string("string")],
        isBare: Bool = false,
        role: Role = .open
    ) {
        self.name = name
        self.rule = rule
        self.example = example
        self.schema = schema
        self.isBare = isBare
        self.role = role
    }
}
