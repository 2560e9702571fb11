/// What Azure answered when it refused or failed a call.
package struct AzureFault: Sendable, Hashable, Codable {
    /// The HTTP status.
    package var status: Int
    /// Azure's error code, such as `AuthorizationFailed`; nil where the answer had none.
    package var code: String?
    /// Azure's message, cut to a bounded length.
    package var message: String?
    /// `x-ms-request-id`: what Azure's support asks for.
    package var requestID: String?

    /// Creates a value.
    package init(status: Int, code: String? = nil, message: String? = nil, requestID: String? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.requestID = requestID
    }

    private enum CodingKeys: String, CodingKey {
        case status, code, message
        case requestID = "requestId"
    }
}

extension AzureFault: CustomStringConvertible {
    /// Status, code, message and request id, as far as they are known, on one line.
    package var description: String {
        var parts = ["\(self.status)"]
        // Entra begins its messages with the code.
        if let code = self.code, self.message?.hasPrefix(code) != true {
            parts.append(self.message == nil ? code : "\(code):")
        }
        if let message = self.message { parts.append(message) }
        if let requestID = self.requestID { parts.append("(request \(requestID))") }
        return parts.joined(separator: " ")
    }
}
