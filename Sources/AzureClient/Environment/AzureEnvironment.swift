/// The environment variables that the adapters heed, read once; nothing else in the module looks at the environment.
package struct AzureEnvironment: Sendable {
    /// All variables, as the process has them.
    package let variables: [String: String]

    /// Takes over a process's variables.
    ///
    /// - Parameter variables: Names and values.
    package init(_ variables: [String: String]) { self.variables = variables }

    /// The value of a variable; nil where it is not set or empty.
    package subscript(variable: Variable) -> String? {
        guard let value = self.variables[variable.rawValue], !value.isEmpty else { return nil }
        return value
    }
}
