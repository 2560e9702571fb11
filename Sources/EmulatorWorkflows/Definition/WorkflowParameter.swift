package import EmulatorRuntime

/// A parameter that a definition declares.
package struct WorkflowParameter: Sendable, Equatable {
    /// The name.
    package let name: String
    /// The type in lower case.
    let type: String
    /// The value where none is given.
    let standard: JSON?

    /// Whether its value is not shown.
    package var isSecure: Bool { self.type.hasPrefix("secure") }

    private static let types = [
        "string", "securestring", "int", "float", "bool", "array", "object", "secureobject",
    ]

    /// Reads a declaration.
    static func read(_ name: String, _ json: JSON) throws(WorkflowMistake) -> WorkflowParameter {
        let type = json.member("type")?.string ?? ""
        guard Self.types.contains(type.lowercased()) else {
            throw .invalid("The parameter '\(name)' of the definition has the type '\(type)', which is not valid.")
        }
        return WorkflowParameter(name: name, type: type.lowercased(), standard: json.member("defaultValue"))
    }

    /// Whether a value is of the type.
    func admits(_ value: JSON) -> Bool {
        switch (self.type, value) {
        case ("string", .string), ("securestring", .string), ("bool", .bool), ("array", .array), ("object", .object),
            ("secureobject", .object), ("float", .number):
            true
        case ("int", .number): value.integer != nil
        default: false
        }
    }
}

extension WorkflowDefinition {
    /// Puts the values of a workflow's parameters together.
    ///
    /// - Parameter json: The workflow's `parameters`: for each name an object with its `value`.
    /// - Returns: The values by name.
    /// - Throws: ``WorkflowMistake`` for one that is missing, not declared, or of another type.
    package func values(of json: JSON) throws(WorkflowMistake) -> JSON {
        for member in json.object ?? [] where !self.parameters.contains(where: { $0.name == member.name }) {
            throw WorkflowMistake(
                code: "InvalidWorkflowParameter",
                message: "The workflow parameter '\(member.name)' is not declared in the definition."
            )
        }
        var values: JSON = [:]
        for parameter in self.parameters {
            guard let value = json.member(parameter.name)?.member("value") ?? parameter.standard else {
                throw WorkflowMistake(
                    code: "WorkflowParameterNotSpecified",
                    message: "The value for the workflow parameter '\(parameter.name)' is not provided."
                )
            }
            guard parameter.admits(value) else {
                throw WorkflowMistake(
                    code: "InvalidWorkflowParameter",
                    message: "The value of the workflow parameter '\(parameter.name)' is of type '\(value.kind)'; "
                        + "'\(parameter.type)' is declared."
                )
            }
            values[parameter.name] = value
        }
        return values
    }
}
