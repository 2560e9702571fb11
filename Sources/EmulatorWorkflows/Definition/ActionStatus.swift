/// Where a run or an action stands.
///
/// Source: `WorkflowStatus` of the specification, API version 2019-05-01, as far as it is ever shown.
package enum ActionStatus: String, Sendable, Equatable, Codable, CaseIterable {
    case running = "Running"
    case waiting = "Waiting"
    case succeeded = "Succeeded"
    case failed = "Failed"
    case skipped = "Skipped"
    case timedOut = "TimedOut"
    case cancelled = "Cancelled"

    /// Whether it goes on.
    package var isActive: Bool { self == .running || self == .waiting }

    /// Finds a status by its name, in any case.
    init?(named name: String) {
        guard let found = Self.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else {
            return nil
        }
        self = found
    }
}
