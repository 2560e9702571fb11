extension TemplateParameter {
    /// Reads a value as a person writes it.
    ///
    /// - Parameter text: The text.
    /// - Returns: The value, of the parameter's type.
    /// - Throws: What the value must be, where it is not.
    func read(_ text: String) throws(ParameterMistake) -> TemplateValue {
        let value: TemplateValue
        switch self.kind {
        case .string, .secureString:
            if let length = self.length, !length.contains(text.count) {
                throw ParameterMistake(
                    rule: "it takes \(length.lowerBound) to \(length.upperBound) characters"
                )
            }
            value = .text(text)
        case .integer:
            guard let number = Int(text), self.range?.contains(number) ?? true else {
                let range = self.range.map { " from \($0.lowerBound) to \($0.upperBound)" } ?? ""
                throw ParameterMistake(rule: "it takes a whole number\(range)")
            }
            value = .integer(number)
        case .boolean:
            guard let flag = Bool(text) else { throw ParameterMistake(rule: "it takes true or false") }
            value = .boolean(flag)
        }
        guard self.allowed.isEmpty || self.allowed.contains(value) else {
            let names = self.allowed.compactMap { allowed -> String? in
                if case .text(let text) = allowed { text } else { nil }
            }
            throw ParameterMistake(rule: "it takes \(names.joined(separator: " or "))")
        }
        return value
    }
}
