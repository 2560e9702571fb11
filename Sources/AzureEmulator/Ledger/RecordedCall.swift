import EmulatorRuntime
import Foundation

/// One call that was answered.
struct RecordedCall: Sendable, Equatable {
    var at: Date
    var host: HostKind
    var method: String
    /// Path and query; signatures in the query are left out.
    var path: String
    /// The status; 0 where the connection was dropped.
    var status: Int
    /// The object id of the caller, where it showed a good token.
    var caller: String?
    var clientRequestID: String?
    var userAgent: String?

    var json: JSON {
        [
            "at": .string(Instant.text(self.at)), "host": .string(self.host.rawValue), "method": .string(self.method),
            "path": .string(self.path), "status": .number(String(self.status)),
            "principal": .optional(self.caller), "clientRequestId": .optional(self.clientRequestID),
            "userAgent": .optional(self.userAgent),
        ]
    }
}
