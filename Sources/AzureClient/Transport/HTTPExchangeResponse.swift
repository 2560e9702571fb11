package import FoundationEssentials
package import HTTPTypes

/// One whole HTTP answer.
package struct HTTPExchangeResponse: Sendable {
    /// The status code.
    package var status: Int
    /// The header fields.
    package var fields: HTTPFields
    /// The body, no longer than the request's cap.
    package var body: Data

    /// Creates an answer.
    package init(status: Int, fields: HTTPFields = [:], body: Data = Data()) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// Whether the status is one of success.
    package var isSuccess: Bool { (200..<300).contains(self.status) }
}
