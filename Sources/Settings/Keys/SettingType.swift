package import BackupDomain

/// A type of values: how a text is read, how a value is written, and what both go by.
package struct SettingType<Value: Sendable>: Sendable {
    /// What is known of the type.
    package let traits: SettingTraits
    private let parseText: @Sendable (String) -> Result<Value, SettingMistake>
    private let writeText: @Sendable (Value) -> String
    private let writeJSON: @Sendable (Value) -> JSONValue

    /// Creates a type.
    ///
    /// - Parameters:
    ///   - traits: What is known of it.
    ///   - parse: Reads a value.
    ///   - text: Writes a value so that `parse` reads it again.
    ///   - json: Writes a value for programs; as a string by default.
    package init(
        _ traits: SettingTraits,
        parse: @escaping @Sendable (String) -> Result<Value, SettingMistake>,
        text: @escaping @Sendable (Value) -> String,
        json: (@Sendable (Value) -> JSONValue)? = nil
    ) {
        self.traits = traits
        self.parseText = parse
        self.writeText = text
        self.writeJSON = json ?? { .string(text($0)) }
    }

    /// Reads a value.
    ///
    /// - Parameter text: The text, without the quotes that YAML may have had.
    /// - Returns: The value.
    /// - Throws: ``SettingMistake``
    package func value(of text: String) throws(SettingMistake) -> Value { try self.parseText(text).get() }

    /// Writes a value so that it can be read again.
    ///
    /// - Parameter value: The value.
    /// - Returns: The text, without quotes.
    package func text(of value: Value) -> String { self.writeText(value) }

    /// Writes a value for programs.
    ///
    /// - Parameter value: The value.
    /// - Returns: A number, a boolean or a string.
    package func json(of value: Value) -> JSONValue { self.writeJSON(value) }
}
