/// What an instance holds: made from a name, or written by changes, by a restore or by the world.
enum InstanceConfiguration: Sendable, Equatable, Codable {
    /// The realistic configuration that ``GeneratedConfiguration`` makes from this name.
    case generated(name: String)
    /// What was written.
    case written(ContentNode)

    /// The configuration itself.
    var contents: ContentNode {
        switch self {
        case .generated(let name): GeneratedConfiguration.contents(of: name)
        case .written(let contents): contents
        }
    }
}
