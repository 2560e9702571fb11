/// What a run does with its instance.
package enum RunKind: String, Sendable, Codable, CaseIterable, CustomStringConvertible {
    /// It makes a backup.
    case backup
    /// It brings a backup into the instance.
    case restore

    package var description: String { self.rawValue }

    /// The other kind, which the instance's lock keeps from running meanwhile.
    package var other: Self {
        switch self {
        case .backup: .restore
        case .restore: .backup
        }
    }
}
