/// A JSON text as it was read: what types decode from, and values are made of.
enum JSONNode {
    case null
    case boolean(Bool)
    /// A number without a fraction.
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONNode])
    /// The members in their order; of two of one name the first counts.
    case object([Member])

    /// A member of an object.
    struct Member {
        var name: String
        var value: JSONNode
    }

    /// Whether it is `null`.
    var isNull: Bool {
        if case .null = self { return true }
        return false
    }
}

extension [JSONNode.Member] {
    /// The value of a member; nil where there is none.
    subscript(name: String) -> JSONNode? {
        // Objects are small: a search costs less than a table that is asked once or twice.
        for member in self where member.name.utf8.count == name.utf8.count && member.name == name {
            return member.value
        }
        return nil
    }
}

extension JSONValue {
    /// Makes a value of what was read.
    ///
    /// - Parameter node: What was read.
    init(_ node: JSONNode) {
        switch node {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .array(elements.map { JSONValue($0) })
        case .object(let members):
            self = .object(Dictionary(members.map { ($0.name, JSONValue($0.value)) }) { first, _ in first })
        }
    }
}
