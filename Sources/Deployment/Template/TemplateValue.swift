/// A JSON value of a template whose members keep their order, so that a person reads it as it was meant.
///
/// Hand-written since Foundation's encoder does not keep the order of members, and no package in use writes JSON that does.
package indirect enum TemplateValue: Sendable, Hashable {
    /// `true` or `false`
    case boolean(Bool)
    /// A whole number; Resource Manager's templates know no other.
    case integer(Int)
    /// A string that Resource Manager takes as it is; what looks like an expression is escaped.
    case text(String)
    /// An expression, evaluated by Resource Manager.
    case expression(TemplateExpression)
    /// An array.
    case array([TemplateValue])
    /// An object, its members in the order in which they are written.
    case object([Member])

    /// One member of an object.
    package struct Member: Sendable, Hashable {
        /// The member's name.
        package var name: String
        /// Its value.
        package var value: TemplateValue

        /// Creates a member.
        package init(_ name: String, _ value: TemplateValue) {
            self.name = name
            self.value = value
        }
    }
}

extension TemplateValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A text, as it is written in code.
    package init(stringLiteral value: String) { self = .text(value) }

    /// A whole number, as it is written in code.
    package init(integerLiteral value: Int) { self = .integer(value) }

    /// Yes or no, as it is written in code.
    package init(booleanLiteral value: Bool) { self = .boolean(value) }

    /// An array, as it is written in code.
    package init(arrayLiteral elements: TemplateValue...) { self = .array(elements) }

    /// An object, as it is written in code; the order is kept.
    package init(dictionaryLiteral elements: (String, TemplateValue)...) {
        self = .object(elements.map { Member($0, $1) })
    }
}

extension TemplateValue {
    /// The object's members; none for anything else.
    package var members: [Member] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    /// The member of an object; nil for anything else.
    package subscript(name: String) -> TemplateValue? { self.members.first { $0.name == name }?.value }

    /// The object with more members at its end; a member of the same name is replaced in its place.
    ///
    /// - Parameter others: What to add.
    /// - Returns: The new object.
    package func adding(_ others: [Member]) -> TemplateValue {
        var members = self.members
        for other in others {
            if let index = members.firstIndex(where: { $0.name == other.name }) {
                members[index] = other
            } else {
                members.append(other)
            }
        }
        return .object(members)
    }
}
