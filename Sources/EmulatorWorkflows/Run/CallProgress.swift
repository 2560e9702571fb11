import Foundation

/// How far a call has come.
struct CallProgress: Sendable, Equatable, Codable {
    enum Phase: Sendable, Equatable, Codable {
        case due(Date)
        case sent(Date)
    }

    var request: WorkflowRequest
    var phase: Phase
    /// How many attempts were made.
    var attempts = 0
    /// Whether the operation is polled that the first call started.
    var isPolling = false
    /// After when it is given up.
    var deadline: Date?
}
