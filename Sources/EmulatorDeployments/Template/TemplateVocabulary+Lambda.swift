import EmulatorExpressions
import EmulatorRuntime

/// Functions that take a function.
///
/// Source: "Lambda functions for ARM templates".
extension TemplateVocabulary {
    func lambda(
        _ name: String,
        _ arguments: [ExpressionTree],
        _ evaluator: ExpressionEvaluator
    ) throws(ExpressionFailure) -> JSON? {
        switch (name, arguments.count) {
        case ("lambdavariables", 1):
            let wanted = try evaluator.string(of: arguments[0], for: name)
            guard let found = self.lambdas.last(where: { $0.name.lowercased() == wanted.lowercased() }) else {
                throw ExpressionFailure("The lambda variable '\(wanted)' is not found.")
            }
            return found.value
        case ("map", 2):
            var result: [JSON] = []
            for (index, element) in try self.elements(arguments[0], name, evaluator).enumerated() {
                result.append(try self.apply(arguments[1], [element, .integer(index)], name))
            }
            return .array(result)
        case ("filter", 2):
            var result: [JSON] = []
            for (index, element) in try self.elements(arguments[0], name, evaluator).enumerated()
            where try self.apply(arguments[1], [element, .integer(index)], name).bool == true { result.append(element) }
            return .array(result)
        case ("reduce", 3):
            var result = try evaluator.value(of: arguments[1])
            for (index, element) in try self.elements(arguments[0], name, evaluator).enumerated() {
                result = try self.apply(arguments[2], [result, element, .integer(index)], name)
            }
            return result
        case ("sort", 2):
            var result: [JSON] = []
            for element in try self.elements(arguments[0], name, evaluator) {
                var place = result.count
                while place > 0, try self.apply(arguments[1], [element, result[place - 1]], name).bool == true {
                    place -= 1
                }
                result.insert(element, at: place)
            }
            return .array(result)
        case ("toobject", 2...3):
            var result: JSON = [:]
            for element in try self.elements(arguments[0], name, evaluator) {
                let key = try self.apply(arguments[1], [element], name)
                result[key.display] = arguments.count == 3 ? try self.apply(arguments[2], [element], name) : element
            }
            return result
        default: return nil
        }
    }

    private func elements(
        _ argument: ExpressionTree,
        _ name: String,
        _ evaluator: ExpressionEvaluator
    ) throws(ExpressionFailure) -> [JSON] {
        let value = try evaluator.value(of: argument)
        return try ExpressionArguments(name: name, values: [value], dialect: self.dialect).array(0)
    }

    private func apply(_ lambda: ExpressionTree, _ values: [JSON], _ name: String) throws(ExpressionFailure) -> JSON {
        guard case .call(let word, let parts) = lambda, word.lowercased() == "lambda", let body = parts.last,
            (2...values.count + 1).contains(parts.count)
        else {
            throw ExpressionFailure("The template function '\(name)' expects a lambda of \(values.count) variables.")
        }
        var place = self
        for (part, value) in zip(parts.dropLast(), values) {
            guard case .value(.string(let variable)) = part else {
                throw ExpressionFailure("The names of the variables of a lambda must be plain texts.")
            }
            place.lambdas.append((variable, value))
        }
        return try ExpressionEvaluator(place).value(of: body)
    }
}
