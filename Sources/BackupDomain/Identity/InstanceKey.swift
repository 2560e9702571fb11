/// What an instance is filed under in the catalog: its name and a short hash of its resource id.
///
/// Two instances of one name can have backups in one account over the years (a deleted and a rebuilt one, or two of
/// different groups); the hash keeps them apart. Lower case; letters, digits and hyphens.
package struct InstanceKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The key's text, such as `contoso-apim-1f3a09bc`.
    package let text: String

    /// Derives the key of an instance.
    ///
    /// - Parameter id: The instance's resource id, in any case.
    package init(_ id: ResourceID) {
        self.text = id.name.lowercased() + "-" + StableHash(id.canonical).hex(8)
    }

    /// Makes a stand-in for the key of an instance whose resource id is not known; nothing is filed under it.
    ///
    /// - Parameter name: The instance's name.
    package init(unresolved name: String) {
        let lower = name.lowercased()
        self.text = lower + "-" + StableHash("unresolved|\(lower)").hex(8)
    }

    /// Reads a key as it stands in a catalog path.
    ///
    /// - Parameter text: The key's text.
    package init?(text: String) {
        let allowed = text.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == 45
        }
        guard allowed, (10...64).contains(text.utf8.count) else { return nil }
        self.text = text
    }

    /// The instance's name, in lower case.
    package var instanceName: String { String(self.text.dropLast(9)) }

    package var description: String { self.text }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.text < rhs.text }
}
