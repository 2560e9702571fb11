/// The parts of Azure that a request can be for.
enum HostKind: String, Sendable, CaseIterable, Codable {
    case resourceManager
    case authority
    case blob
    case identity
    case admin
}
