package import FoundationEssentials

/// One answer of Resource Manager, reduced to what a run decides by.
package struct ManagementAnswer: Sendable, Hashable {
    /// The HTTP status.
    package var status: Int
    /// Azure's error code, where the body has one.
    package var code: String?
    /// Azure's error message, where the body has one; bounded.
    package var message: String?
    /// The `Date` header: Azure's own clock.
    package var date: Date?
    /// How long Azure asks to wait, where it does.
    package var retryAfter: Duration?
    /// The `Location` header as it came; ``ManagementPlane/operation(at:)`` refuses one of another origin.
    package var location: String?
    /// Azure's id of the request, from `x-ms-request-id`.
    package var requestID: String?
    /// `x-ms-correlation-request-id`: what the Activity Log groups by.
    package var correlationID: String?
    /// The body, where it is a JSON document.
    package var document: JSONValue?
    /// Whom Azure refused, in words: the object id and the application of the caller's token; nil where it did not refuse.
    package var principal: String?

    /// Creates a value; all but the status is absent by default.
    package init(
        status: Int,
        code: String? = nil,
        message: String? = nil,
        date: Date? = nil,
        retryAfter: Duration? = nil,
        location: String? = nil,
        requestID: String? = nil,
        correlationID: String? = nil,
        document: JSONValue? = nil,
        principal: String? = nil
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.date = date
        self.retryAfter = retryAfter
        self.location = location
        self.requestID = requestID
        self.correlationID = correlationID
        self.document = document
        self.principal = principal
    }

    /// The answer as a fault, for errors and records.
    package var fault: AzureFault {
        AzureFault(status: self.status, code: self.code, message: self.message, requestID: self.requestID)
    }
}
