/// Whether the identity by which API Management is to read a backup may do so.
package enum RestoreReach: Sendable, Hashable {
    /// It may, or needs no role since the account's key is used.
    case allowed
    /// It lacks the role; the command gives it.
    case denied(command: String)
    /// That could not be looked at, for this reason.
    case unknown(String)

    /// The word for programs.
    package var word: String {
        switch self {
        case .allowed: "allowed"
        case .denied: "denied"
        case .unknown: "unknown"
        }
    }
}
