import EmulatorRuntime

/// A parameter as a template declares it.
package struct ParameterDeclaration: Sendable {
    /// The types that parameters have.
    ///
    /// Source: "Data types in ARM templates"; they are written without regard to case.
    package enum Kind: String, Sendable, CaseIterable {
        case string = "String"
        case secureString = "SecureString"
        case int = "Int"
        case bool = "Bool"
        case object = "Object"
        case secureObject = "SecureObject"
        case array = "Array"

        /// Whether values are never shown.
        package var isSecure: Bool { self == .secureString || self == .secureObject }

        /// Whether a value is of the type.
        func admits(_ value: JSON) -> Bool {
            switch self {
            case .string, .secureString: value.string != nil
            case .int: value.integer != nil
            case .bool: value.bool != nil
            case .object, .secureObject: value.object != nil
            case .array: value.array != nil
            }
        }
    }

    /// The name.
    package let name: String
    /// The type.
    package let kind: Kind
    let defaultValue: JSON?
    let isNullable: Bool
    let allowedValues: [JSON]?
    let range: (least: Int?, most: Int?)
    let length: (least: Int?, most: Int?)

    init(_ member: JSON.Member) throws(TemplateMistake) {
        let json = member.value
        self.name = member.name
        guard let type = json.member("type")?.string else {
            throw .malformed("Required property 'type' of the parameter '\(member.name)' not found in JSON.")
        }
        guard let kind = Kind.allCases.first(where: { $0.rawValue.lowercased() == type.lowercased() }) else {
            throw .malformed(
                "The parameter '\(member.name)' has the type '\(type)', which is not a type of parameters."
            )
        }
        self.kind = kind
        self.defaultValue = json.member("defaultValue")
        self.isNullable = json.member("nullable")?.bool == true
        self.allowedValues = json.member("allowedValues")?.array
        self.range = (json.member("minValue")?.integer, json.member("maxValue")?.integer)
        self.length = (json.member("minLength")?.integer, json.member("maxLength")?.integer)
    }

    /// Throws where a value breaks what the declaration says.
    func check(_ value: JSON) throws(TemplateMistake) {
        guard !(value.isNull && self.isNullable) else { return }
        guard self.kind.admits(value) else {
            throw .invalid(
                "Template parameter JToken type is not valid. Expected '\(self.kind.rawValue)'. Actual '\(value.kind)'. "
                    + "The parameter is '\(self.name)'. Please see https://aka.ms/arm-create-parameter-file for usage details."
            )
        }
        if let allowed = self.allowedValues, !allowed.contains(where: { $0.isSame(as: value) }) {
            let values = allowed.map { $0.string ?? $0.text }.joined(separator: ",")
            throw .invalid(
                "The provided value for the template parameter '\(self.name)' is not valid. The value "
                    + "'\(self.shown(value))' is not part of the allowed value(s): '\(values)'."
            )
        }
        if let number = value.integer {
            try self.check(number, self.range, "The value")
        }
        if let count = value.string?.count ?? value.array?.count {
            try self.check(count, self.length, "Length of the value")
        }
    }

    private func shown(_ value: JSON) -> String { self.kind.isSecure ? "***" : value.string ?? value.text }

    private func check(
        _ number: Int,
        _ bounds: (least: Int?, most: Int?),
        _ subject: String
    ) throws(TemplateMistake) {
        let words = "The provided value for the template parameter '\(self.name)' is not valid. \(subject) should be"
        if let least = bounds.least, number < least { throw .invalid("\(words) greater than or equal to '\(least)'.") }
        if let most = bounds.most, number > most { throw .invalid("\(words) less than or equal to '\(most)'.") }
    }
}
