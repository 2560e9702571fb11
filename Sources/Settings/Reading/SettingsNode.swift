/// Settings before they have a meaning: texts under keys, each with the place it comes from.
struct SettingsNode: Sendable, Hashable {
    /// What a node is.
    enum Content: Sendable, Hashable {
        /// A text, with or without quotes around it.
        case text(String, isQuoted: Bool)
        /// Keys with what stands under them, in their order.
        case keys([Entry])
        /// A list.
        case list([SettingsNode])
    }

    /// A key with what stands under it.
    struct Entry: Sendable, Hashable {
        var key: String
        var origin: SettingOrigin
        var node: SettingsNode
    }

    var origin: SettingOrigin
    var content: Content

    /// Whether nothing is given: an empty text, `~` or `null`, without quotes.
    var isNull: Bool {
        guard case .text(let text, false) = self.content, case .file = self.origin else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// What stands under a key.
    subscript(key: String) -> SettingsNode? {
        guard case .keys(let entries) = self.content else { return nil }
        return entries.first { $0.key == key }?.node
    }

    /// The node in words.
    var kind: String {
        switch self.content {
        case .text: self.isNull ? "empty" : "a text"
        case .keys: "a section"
        case .list: "a list"
        }
    }
}
