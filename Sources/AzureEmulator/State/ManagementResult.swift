import EmulatorRuntime
import Foundation

/// What a finished operation of the Resource Manager itself came to, such as a what-if; it is read by its URL for a while.
///
/// Source: "Track asynchronous Azure operations": `…/operationresults/ID`.
struct ManagementResult: Sendable, Equatable, Codable {
    /// The last segment of the URL.
    var id: String
    /// The object id of who asked; nobody else may read it.
    var callerID: String
    /// The answer's body.
    var body: JSON
    /// From when on it can be read.
    var readyAt: Date
    /// Until when it can be read.
    var expiresAt: Date
}
