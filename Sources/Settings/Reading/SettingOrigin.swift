/// Where a value comes from.
package enum SettingOrigin: Sendable, Hashable {
    /// Nothing sets it: the default holds.
    case standard
    /// A file; lines and columns count from 1.
    case file(path: String, line: Int, column: Int)
    /// A variable.
    case variable(String)
    /// A flag of the command line, with its hyphens.
    case flag(String)
}

extension SettingOrigin {
    /// Whether it is a variable.
    var isVariable: Bool {
        guard case .variable = self else { return false }
        return true
    }
}

extension SettingOrigin: CustomStringConvertible {
    /// The place without its column, such as `apim-backup.yaml:12`.
    package var description: String {
        switch self {
        case .standard: "default"
        case .file(let path, let line, _): "\(path):\(line)"
        case .variable(let name), .flag(let name): name
        }
    }
}
