/// A failure as API Management words it: a code and a message.
struct ServiceFailure: Error, Sendable, Equatable, Codable {
    /// The code, such as `RestoreFailed`.
    var code: String
    /// The message for a person.
    var message: String
}
