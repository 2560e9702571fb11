package import BackupDomain

/// One field of a thing that is not what it was.
package struct FieldChange: Sendable, Hashable, Codable {
    /// The field, with periods between the names of nested ones.
    package var field: String
    /// What it was; nil where it was not there.
    package var before: JSONValue?
    /// What it is; nil where it is gone.
    package var after: JSONValue?

    /// Creates a value.
    package init(field: String, before: JSONValue?, after: JSONValue?) {
        self.field = field
        self.before = before
        self.after = after
    }

    /// Compares two sets of fields, nested ones one by one, lists as a whole.
    ///
    /// - Parameters:
    ///   - before: What was.
    ///   - after: What is.
    /// - Returns: The fields that differ, by name.
    package static func between(_ before: [String: JSONValue], _ after: [String: JSONValue]) -> [FieldChange] {
        Self.between(before, after, below: "")
    }

    private static func between(
        _ before: [String: JSONValue],
        _ after: [String: JSONValue],
        below path: String
    ) -> [FieldChange] {
        Set(before.keys).union(after.keys).sorted().flatMap { name -> [FieldChange] in
            let (old, new) = (before[name], after[name])
            if old == new { return [] }
            if let old = old?.object, let new = new?.object { return Self.between(old, new, below: "\(path)\(name).") }
            return [FieldChange(field: path + name, before: old, after: new)]
        }
    }
}
