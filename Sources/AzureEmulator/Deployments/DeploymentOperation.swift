import EmulatorRuntime
import Foundation

/// What a deployment did about one resource.
struct DeploymentOperation: Sendable, Equatable, Codable {
    /// Where an operation stands.
    enum State: String, Sendable, Codable {
        case running = "Running"
        case succeeded = "Succeeded"
        case failed = "Failed"
    }

    /// The operation's own id, 16 hexadecimal digits.
    var id: String
    /// The key of the planned resource.
    var resource: String
    /// What is done: `Create`, or `Read` for a resource that exists.
    var kind: String
    var state = State.running
    var startedAt: Date
    var endedAt: Date?
    /// The status of the provider's answer; nil before there is one.
    var status: Int?
    /// The `error` of an operation that failed.
    var error: JSON?
    /// Where the provider's own operation is polled, as path and query.
    var pollPath: String?
    /// When the operation may be looked at again.
    var nextLookAt: Date?
}
