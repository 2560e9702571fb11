import EmulatorExpressions
import EmulatorRuntime

/// A condition of `If` and `Until`: an expression in a string, or an object of comparisons.
///
/// Source: "Trigger and action types reference", `If`: `and`, `or` and `not` over comparisons that are named like functions.
struct WorkflowCondition {
    let evaluator: WorkflowEvaluator

    init(_ vocabulary: WorkflowVocabulary) { self.evaluator = WorkflowEvaluator(vocabulary) }

    private static let comparisons = [
        "equals", "greater", "greaterorequals", "less", "lessorequals", "contains", "startswith", "endswith",
    ]

    func holds(_ json: JSON) throws(ExpressionFailure) -> Bool {
        guard let members = json.object else {
            let value = try self.evaluator.value(of: json)
            return try Self.truth(value)
        }
        guard let member = members.first, members.count == 1 else {
            throw ExpressionFailure("A condition is an object with one member: a comparison, 'and', 'or' or 'not'.")
        }
        switch member.name.lowercased() {
        case "and":
            var isTrue = true
            for each in member.value.array ?? [] where try !self.holds(each) { isTrue = false }
            return isTrue
        case "or":
            var isTrue = false
            for each in member.value.array ?? [] where try self.holds(each) { isTrue = true }
            return isTrue
        case "not": return try !self.holds(member.value)
        case let name where Self.comparisons.contains(name):
            let values = try self.evaluator.value(of: member.value).array ?? []
            let call = ExpressionArguments(name: member.name, values: values, dialect: .workflow)
            guard let function = WorkflowFunctions.all[name], values.count == 2 else {
                throw ExpressionFailure("The comparison '\(member.name)' of a condition takes two values.")
            }
            return try Self.truth(try function.body(call))
        default: throw ExpressionFailure("A condition has the comparison '\(member.name)', which is not known.")
        }
    }

    private static func truth(_ value: JSON) throws(ExpressionFailure) -> Bool {
        guard let truth = value.bool else {
            throw ExpressionFailure(
                "A condition must be of type 'Boolean'. The provided value is of type '\(value.kind)'."
            )
        }
        return truth
    }
}
