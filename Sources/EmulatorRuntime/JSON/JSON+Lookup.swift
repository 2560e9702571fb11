extension JSON {
    /// A whole number.
    ///
    /// - Parameter value: The number.
    /// - Returns: The value.
    package static func integer(_ value: Int) -> JSON { .number(String(value)) }

    /// The number, where the value is one, whole or not.
    package var double: Double? {
        guard case .number(let text) = self else { return nil }
        return Double(text)
    }

    /// An object's member, found without regard to case where none is written exactly so.
    ///
    /// - Parameter name: The member's name.
    /// - Returns: Its value, or nil where the value is no object or has no such member.
    package func member(_ name: String) -> JSON? {
        if let exact = self[name] { return exact }
        let folded = name.lowercased()
        return self.object?.last { $0.name.lowercased() == folded }?.value
    }

    /// The value at the end of a path of members, found without regard to case.
    ///
    /// - Parameter path: The members' names.
    /// - Returns: The value, or nil where the path ends before.
    package func member(at path: String...) -> JSON? {
        path.reduce(self as JSON?) { $0?.member($1) }
    }

    /// What kind of value it is, as Azure's messages name it: `Object`, `Array`, `String`, `Integer`, `Float`, `Boolean`, `Null`.
    package var kind: String {
        switch self {
        case .null: "Null"
        case .bool: "Boolean"
        case .number(let text): Int(text) == nil ? "Float" : "Integer"
        case .string: "String"
        case .array: "Array"
        case .object: "Object"
        }
    }

    /// Whether two values are the same: numbers by their value, objects without regard to the order of their members.
    ///
    /// - Parameter other: The other value.
    /// - Returns: Whether they are.
    package func isSame(as other: JSON) -> Bool {
        switch (self, other) {
        case (.number, .number): self.double == other.double
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && left.allSatisfy { member in other[member.name].map { member.value.isSame(as: $0) } ?? false }
        default: self == other
        }
    }
}
