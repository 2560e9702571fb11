import EmulatorRuntime

extension ExpressionTree: CustomStringConvertible {
    /// The expression as it is written, with a dot before plain names.
    package var description: String {
        switch self {
        case .value(.string(let text)): "'\(text.replacing("'", with: "''"))'"
        case .value(let value): value.text
        case .call(let name, let arguments): "\(name)(\(arguments.map(\.description).joined(separator: ", ")))"
        case .member(let base, let key, let isSafe): "\(base)\(isSafe ? "?" : "")[\(key)]"
        }
    }
}
