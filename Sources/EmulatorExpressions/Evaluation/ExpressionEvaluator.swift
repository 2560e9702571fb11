package import EmulatorRuntime

/// Finds the values of expressions.
package struct ExpressionEvaluator {
    /// The functions that expressions may call.
    package let vocabulary: any ExpressionVocabulary

    /// Creates an evaluator.
    package init(_ vocabulary: any ExpressionVocabulary) { self.vocabulary = vocabulary }

    /// Evaluates an expression.
    ///
    /// - Parameter expression: The expression.
    /// - Returns: Its value.
    /// - Throws: ``ExpressionFailure`` in Azure's words where it has none.
    package func value(of expression: ExpressionTree) throws(ExpressionFailure) -> JSON {
        switch expression {
        case .value(let value): return value
        case .call(let name, let arguments): return try self.call(name, arguments)
        case .member(let base, let key, let isSafe):
            let value = try self.value(of: base)
            let key = try self.value(of: key)
            return try self.member(key, of: value, isSafe: isSafe, in: expression)
        }
    }

    /// Evaluates an expression whose value is to be a string.
    ///
    /// - Parameters:
    ///   - expression: The expression.
    ///   - name: The function that it is an argument of.
    /// - Returns: The string.
    /// - Throws: ``ExpressionFailure`` where it has no value, or one of another type.
    package func string(of expression: ExpressionTree, for name: String) throws(ExpressionFailure) -> String {
        let value = try self.value(of: expression)
        return try ExpressionArguments(name: name, values: [value], dialect: self.vocabulary.dialect).string(0)
    }

    private func call(_ name: String, _ arguments: [ExpressionTree]) throws(ExpressionFailure) -> JSON {
        let folded = name.lowercased()
        if self.vocabulary.dialect.isLazy, let value = try self.lazy(folded, arguments) { return value }
        if let value = try self.vocabulary.special(folded, arguments, in: self) { return value }
        guard let function = self.vocabulary.function(named: folded) else {
            throw ExpressionFailure("The template function '\(name)' is not valid.")
        }
        var values: [JSON] = []
        for argument in arguments { values.append(try self.value(of: argument)) }
        let call = ExpressionArguments(name: name, values: values, dialect: self.vocabulary.dialect)
        guard function.arity.contains(arguments.count) else {
            let least = function.arity.lowerBound
            let most = function.arity.upperBound
            let wanted =
                least == most ? "exactly \(least)" : most > 1000 ? "at least \(least)" : "from \(least) to \(most)"
            throw call.failure("was called with \(arguments.count) parameters; it takes \(wanted)")
        }
        return try function.body(call)
    }

    /// What may leave arguments alone; nil where the function is none of these.
    private func lazy(_ name: String, _ arguments: [ExpressionTree]) throws(ExpressionFailure) -> JSON? {
        switch (name, arguments.count) {
        case ("if", 3):
            return try self.value(of: try self.truth(of: arguments[0], name) ? arguments[1] : arguments[2])
        case ("and", 2...):
            for argument in arguments where try !self.truth(of: argument, name) { return false }
            return true
        case ("or", 2...):
            for argument in arguments where try self.truth(of: argument, name) { return true }
            return false
        case ("coalesce", 1...):
            for argument in arguments {
                let value = try self.value(of: argument)
                if !value.isNull { return value }
            }
            return .null
        default: return nil
        }
    }

    private func truth(of argument: ExpressionTree, _ name: String) throws(ExpressionFailure) -> Bool {
        let value = try self.value(of: argument)
        return try ExpressionArguments(name: name, values: [value], dialect: self.vocabulary.dialect).bool(0)
    }
}

extension ExpressionEvaluator {
    /// Source: the words of failed runs and deployments in public reports.
    private func member(
        _ key: JSON,
        of value: JSON,
        isSafe: Bool,
        in expression: ExpressionTree
    ) throws(ExpressionFailure) -> JSON {
        switch (value, key) {
        case (.object(let members), .string(let name)):
            if let found = value.member(name) { return found }
            if isSafe { return .null }
            let names = members.map(\.name).joined(separator: ", ")
            throw self.missing(expression, "property '\(name)' doesn't exist, available properties are '\(names)'")
        case (.array(let elements), .number):
            guard let index = key.integer else { break }
            if elements.indices.contains(index) { return elements[index] }
            if isSafe { return .null }
            throw self.missing(
                expression,
                "array index '\(index)' is outside bounds (0, \(elements.count - 1)) of array"
            )
        case (.null, _) where isSafe: return .null
        default: break
        }
        let name = key.string ?? key.text
        throw self.missing(
            expression,
            "property '\(name)' cannot be selected. \(value.kind) values do not have such properties"
        )
    }

    private func missing(_ expression: ExpressionTree, _ problem: String) -> ExpressionFailure {
        switch self.vocabulary.dialect {
        case .workflow:
            ExpressionFailure(
                "The template language expression '\(expression)' cannot be evaluated because \(problem). Please see "
                    + "https://aka.ms/logicexpressions for usage details."
            )
        case .template: ExpressionFailure("The language expression \(problem).")
        }
    }
}
