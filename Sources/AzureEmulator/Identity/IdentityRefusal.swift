import HTTPTypes

/// Why a managed identity endpoint gives no token.
struct IdentityRefusal: Error, Equatable {
    /// The sentence for a person.
    var message: String
    /// The status.
    var status: HTTPResponse.Status

    init(_ message: String, status: HTTPResponse.Status = .badRequest) {
        self.message = message
        self.status = status
    }
}
