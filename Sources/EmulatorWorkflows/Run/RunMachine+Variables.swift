import EmulatorExpressions
import EmulatorRuntime

extension RunMachine {
    mutating func initialize(_ declaration: VariableDeclaration, _ key: ActionKey) throws(ExpressionFailure) {
        let value = try self.value(declaration.value, key)
        let variable = WorkflowRun.Variable(name: declaration.name, type: declaration.type, value: value)
        let told: JSON = ["name": .string(variable.name), "type": .string(variable.type.title), "value": value]
        self.update(key) { $0.inputs = ["variables": [told]] }
        guard variable.type.admits(value) else { return self.refuse(value, for: variable, key, "InitializeVariable") }
        self.run.head.variables[declaration.name.lowercased()] = variable
    }

    /// Source: "Store and manage values by using variables".
    mutating func change(
        _ change: VariableChange,
        _ name: String,
        _ json: JSON,
        _ key: ActionKey
    ) throws(ExpressionFailure) {
        let value = try self.value(json, key)
        self.update(key) { $0.inputs = ["name": .string(name), "value": value] }
        guard var variable = self.run.head.variables[name.lowercased()] else {
            return self.fail(key, Self.uninitialized(name, key.name))
        }
        // A bare nil would be JSON's null here.
        let none = JSON?.none
        let result: JSON?
        switch change {
        case .set: result = variable.type.admits(value) ? value : none
        case .increment: result = Self.sum(variable.value, value, sign: 1, of: variable.type)
        case .decrement: result = Self.sum(variable.value, value, sign: -1, of: variable.type)
        case .appendElement:
            result = variable.type == .array ? .array((variable.value.array ?? []) + [value]) : none
        case .appendText:
            result = variable.type == .string ? .string(variable.value.display + value.display) : none
        }
        guard let result else { return self.refuse(value, for: variable, key, change.rawValue) }
        variable.value = result
        self.run.head.variables[name.lowercased()] = variable
        self.finish(key, .succeeded, outputs: ["body": ["name": .string(variable.name), "value": result]])
    }

    private static func sum(_ left: JSON, _ right: JSON, sign: Int, of type: VariableType) -> JSON? {
        let old = left.isNull ? 0 : left
        if let first = old.integer, let second = right.integer, type == .integer || type == .float {
            let (result, overflow) = first.addingReportingOverflow(sign * second)
            return overflow ? JSON?.none : .integer(result)
        }
        guard type == .float, let first = old.double, let second = right.double else { return JSON?.none }
        let result = first + Double(sign) * second
        return result.isFinite ? .number(String(result)) : JSON?.none
    }

    /// Source: code and words of failed runs in public reports.
    private mutating func refuse(
        _ value: JSON,
        for variable: WorkflowRun.Variable,
        _ key: ActionKey,
        _ type: String
    ) {
        self.fail(
            key,
            [
                "code": "WorkflowRunActionInputsInvalidProperty",
                "message": .string(
                    "The inputs of workflow run action '\(key.name)' of type '\(type)' are not valid. The variable "
                        + "'\(variable.name)' of type '\(variable.type.title)' cannot be initialized or updated with value "
                        + "'\(value.display)' of type '\(value.kind)'. The variable '\(variable.name)' only supports values "
                        + "of types '\(variable.type.title)'."
                ),
            ]
        )
    }

    private static func uninitialized(_ name: String, _ action: String) -> JSON {
        [
            "code": "WorkflowRunActionInputsInvalidProperty",
            "message": .string(
                "The variable '\(name)' must be initialized before it can be used inside action '\(action)'."
            ),
        ]
    }
}
