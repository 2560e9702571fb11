import EmulatorRuntime

/// What an instance holds: made from a name, or brought back by a restore.
enum InstanceConfiguration: Sendable, Equatable, Codable {
    /// The realistic configuration that ``GeneratedConfiguration`` makes from this name.
    case generated(name: String)
    /// A configuration that a restore brought, or that the world wrote out.
    case document(JSON)

    /// The configuration itself.
    var document: JSON {
        switch self {
        case .generated(let name): GeneratedConfiguration(name: name).document
        case .document(let document): document
        }
    }
}
