package import BackupDomain

/// A key as data: what the reference, the schema, the variables and the check for unknown keys are made of.
package struct SettingKey: Sendable, Hashable {
    /// What stands under a key.
    package enum Content: Sendable, Hashable {
        /// One value; with what holds where nothing is set, nil for nothing.
        case value(SettingTraits, standard: Standard?)
        /// A list of values.
        case values(SettingTraits)
        /// A section.
        case section([SettingKey])
        /// A list of sections; an element may be a bare text where `shorthand` describes one.
        case sections([SettingKey], shorthand: SettingTraits?)
    }

    /// A default, as text and for programs.
    package struct Standard: Sendable, Hashable {
        /// As text.
        package var text: String
        /// For programs.
        package var json: JSONValue
    }

    /// The key.
    package var name: String
    /// What it is for: one sentence.
    package var summary: String
    /// What stands under it.
    package var content: Content
    /// The key of the same section without which this one says nothing, or which takes its place: where that one is given
    /// anew, what was set before for this one holds no more.
    package var lead: String?

    /// The keys below this one.
    package var children: [SettingKey] {
        switch self.content {
        case .value, .values: []
        case .section(let keys), .sections(let keys, _): keys
        }
    }

    /// Whether it holds a secret.
    package var isSecret: Bool {
        switch self.content {
        case .value(let traits, _), .values(let traits): traits.role == .secret
        case .section, .sections: false
        }
    }
}
