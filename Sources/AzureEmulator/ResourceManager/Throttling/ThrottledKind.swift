import HTTPTypes

/// The kinds of calls that are counted apart, by the words of the headers.
enum ThrottledKind: String, Sendable {
    case reads
    case writes
    case deletes
    /// Calls of a provider that has limits of its own; shown in place of reads.
    case resourceRequests = "resource-requests"

    init(_ method: HTTPRequest.Method, path: ManagementPath) {
        switch method {
        // Source: the recorded session of 2023: instances of API Management have that counter, their operations have not.
        case .get, .head:
            let isInstance = path.rest.count == 2 && path.part(0) == "service"
            let isProvider = path.namespace?.lowercased() == "microsoft.apimanagement"
            self = isInstance && isProvider ? .resourceRequests : .reads
        case .delete: self = .deletes
        default: self = .writes
        }
    }

    /// The word in a refusal.
    var word: String {
        switch self {
        case .reads, .resourceRequests: "read"
        case .writes: "write"
        case .deletes: "delete"
        }
    }
}
