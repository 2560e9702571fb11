import EmulatorRuntime

/// A variable that an action initialises.
package struct VariableDeclaration: Sendable, Equatable {
    let name: String
    let type: VariableType
    /// The value, not evaluated; null for the type's own.
    let value: JSON
}

/// What a variable may hold.
package enum VariableType: String, Sendable, Equatable, Codable, CaseIterable {
    case boolean
    case integer
    case float
    case string
    case array
    case object

    /// Finds a type by its name, in any case.
    init?(_ name: String) {
        switch name.lowercased() {
        case "bool": self = .boolean
        case let name: self.init(rawValue: name)
        }
    }

    /// The name as messages write it.
    var title: String { self.rawValue.prefix(1).uppercased() + self.rawValue.dropFirst() }

    func admits(_ value: JSON) -> Bool {
        switch (self, value) {
        case (.boolean, .bool), (.string, .string), (.array, .array), (.object, .object), (_, .null): true
        case (.integer, .number): value.integer != nil
        case (.float, .number): true
        default: false
        }
    }
}

/// How an action changes a variable.
package enum VariableChange: String, Sendable, Equatable {
    case set = "SetVariable"
    case increment = "IncrementVariable"
    case decrement = "DecrementVariable"
    case appendElement = "AppendToArrayVariable"
    case appendText = "AppendToStringVariable"
}
