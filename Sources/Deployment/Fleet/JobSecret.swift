/// The secrets of a job, by the names that Container Apps allow: lower-case letters, digits and hyphens.
package enum JobSecret {
    /// The settings file.
    package static let settings = "settings"

    /// The secret of a variable.
    ///
    /// - Parameter variable: The variable's name.
    /// - Returns: The secret's name.
    package static func name(of variable: String) -> String {
        String(variable.lowercased().map { $0 == "_" ? "-" : $0 })
    }
}
