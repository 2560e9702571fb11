/// One JSON value, with the members of an object in the order in which they are written.
///
/// Source: RFC 8259.
package indirect enum JSON: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as it is written, so that nothing is lost.
    case number(String)
    /// A string.
    case string(String)
    /// An array.
    case array([JSON])
    /// An object.
    case object([Member])

    /// One member of an object.
    package struct Member: Sendable, Equatable {
        /// The member's name.
        package var name: String
        /// The member's value.
        package var value: JSON

        /// Creates a member.
        package init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }
}

extension JSON {
    /// The string, where the value is one.
    package var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The truth value, where the value is one.
    package var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The whole number, where the value is one that fits.
    package var integer: Int? {
        guard case .number(let value) = self else { return nil }
        return Int(value)
    }

    /// The elements, where the value is an array.
    package var array: [JSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members, where the value is an object.
    package var object: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// Whether the value is `null`.
    package var isNull: Bool { self == .null }

    /// The value of an object's member; writing nil removes it.
    ///
    /// Of a name that occurs twice the last one counts.
    package subscript(name: String) -> JSON? {
        get { self.object?.last { $0.name == name }?.value }
        set {
            guard case .object(var members) = self else { return }
            guard let newValue else {
                members.removeAll { $0.name == name }
                self = .object(members)
                return
            }
            if let index = members.lastIndex(where: { $0.name == name }) {
                members[index].value = newValue
            } else {
                members.append(Member(name, newValue))
            }
            self = .object(members)
        }
    }

    /// A string, or `null` where there is none.
    ///
    /// - Parameter value: The string.
    /// - Returns: The value.
    package static func optional(_ value: String?) -> JSON {
        value.map(JSON.string) ?? .null
    }
}
