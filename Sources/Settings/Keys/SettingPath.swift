/// Where a setting stands: keys from the top, such as `retention.minGood` or `instances[2].storage.account`.
package struct SettingPath: Sendable, Hashable, CustomStringConvertible {
    /// The prefix of all our variables.
    package static let variablePrefix = "APIM_BACKUP_"

    /// The path as it is written.
    package let text: String

    /// The top.
    package static let top = Self(text: "")

    /// Reads a path of keys.
    ///
    /// - Parameter text: Such as `retention.minGood`.
    package init(_ text: String) { self.init(text: text) }

    private init(text: String) { self.text = text }

    /// The path of a key in the section that this path leads to.
    ///
    /// - Parameter key: The key.
    /// - Returns: The longer path.
    package func appending(_ key: String) -> Self {
        Self(text: self.text.isEmpty ? key : "\(self.text).\(key)")
    }

    /// The path of an element of the list that this path leads to.
    ///
    /// - Parameter index: The element's number, from 0.
    /// - Returns: The longer path.
    package func element(_ index: Int) -> Self { Self(text: "\(self.text)[\(index)]") }

    /// The variable that sets the same: each word of each key in capitals, after the prefix; nil below a list.
    ///
    /// `retention.keepWithin` is `APIM_BACKUP_RETENTION_KEEP_WITHIN`.
    package var variable: String? {
        guard !self.text.isEmpty, !self.text.contains("[") else { return nil }
        var name = ""
        for character in self.text {
            if character == "." {
                name += "_"
            } else {
                if character.isUppercase { name += "_" }
                name += character.uppercased()
            }
        }
        return Self.variablePrefix + name
    }

    package var description: String { self.text }
}
