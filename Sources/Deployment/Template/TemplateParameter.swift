/// An input of a template.
package struct TemplateParameter: Sendable, Hashable {
    /// The types of inputs that our templates use.
    package enum Kind: String, Sendable, Hashable {
        /// A text.
        case string
        /// A text that Azure neither shows nor logs.
        case secureString = "securestring"
        /// A whole number.
        case integer = "int"
        /// Yes or no.
        case boolean = "bool"
    }

    /// The name.
    package var name: String
    /// The type.
    package var kind: Kind
    /// What a person reads beside the field.
    package var description: String
    /// The value where none is given; nil for a required input.
    package var standard: TemplateValue?
    /// The values that are allowed; empty for all.
    package var allowed: [TemplateValue] = []
    /// The shortest and the longest text; nil for no bound.
    package var length: ClosedRange<Int>?
    /// The smallest and the largest number; nil for no bound.
    package var range: ClosedRange<Int>?

    /// Creates an input.
    package init(
        _ name: String,
        _ kind: Kind = .string,
        _ description: String,
        standard: TemplateValue? = nil,
        allowed: [TemplateValue] = [],
        length: ClosedRange<Int>? = nil,
        range: ClosedRange<Int>? = nil
    ) {
        self.name = name
        self.kind = kind
        self.description = description
        self.standard = standard
        self.allowed = allowed
        self.length = length
        self.range = range
    }

    /// Whether a deployment must name a value.
    package var isRequired: Bool { self.standard == nil }

    /// The input as it stands in a template.
    package var value: TemplateValue {
        var members: [TemplateValue.Member] = [.init("type", .text(self.kind.rawValue))]
        if let standard = self.standard { members.append(.init("defaultValue", standard)) }
        if !self.allowed.isEmpty { members.append(.init("allowedValues", .array(self.allowed))) }
        if let length = self.length {
            members.append(.init("minLength", .integer(length.lowerBound)))
            members.append(.init("maxLength", .integer(length.upperBound)))
        }
        if let range = self.range {
            members.append(.init("minValue", .integer(range.lowerBound)))
            members.append(.init("maxValue", .integer(range.upperBound)))
        }
        members.append(.init("metadata", ["description": .text(self.description)]))
        return .object(members)
    }
}
