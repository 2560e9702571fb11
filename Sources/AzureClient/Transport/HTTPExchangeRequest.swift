package import FoundationEssentials
package import HTTPTypes

/// One HTTP request with the limits of its answer.
package struct HTTPExchangeRequest: Sendable {
    /// The method.
    package var method: HTTPRequest.Method
    /// The whole URL.
    package var url: URL
    /// The header fields.
    package var fields: HTTPFields
    /// The body; empty for none.
    package var body: Data
    /// The most bytes that the answer's body may have; 4 MiB by default.
    package var capInBytes: Int
    /// How long the whole exchange may take; 60 seconds by default.
    package var deadline: Duration

    /// Creates a request.
    package init(
        method: HTTPRequest.Method = .get,
        url: URL,
        fields: HTTPFields = [:],
        body: Data = Data(),
        capInBytes: Int = 4 << 20,
        deadline: Duration = .seconds(60)
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
        self.capInBytes = capInBytes
        self.deadline = deadline
    }
}
