/// What set a run off.
package enum RunTrigger: String, Sendable, Codable {
    /// A person or a pipeline asked for it now.
    case manual
    /// A schedule was due.
    case schedule
}
