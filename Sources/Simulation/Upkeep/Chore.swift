/// What is done for backups besides making them; half of the worlds do some of it.
package enum Chore: Int, Sendable, CaseIterable {
    /// Backups are checked.
    case verify
    /// Backups are pruned.
    case prune
    /// Somebody pins a backup.
    case pin
    /// Somebody takes a pin back.
    case unpin
    /// Somebody acknowledges that backups have become smaller.
    case acknowledge
    /// Somebody asks for the status.
    case status

    /// The highest rate that a world draws, per night.
    var highestRate: Double {
        switch self {
        case .verify, .prune: 0.4
        case .pin, .unpin, .acknowledge: 0.15
        case .status: 0.2
        }
    }

    /// The chore's name, as `--without` takes it.
    package var name: String { "\(self)" }

    /// Reads a name.
    ///
    /// - Parameter name: The name.
    package init?(name: String) {
        guard let chore = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = chore
    }
}
