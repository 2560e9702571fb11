import HTTPTypes

extension HTTPField.Name {
    static let pragma = Self.known("Pragma")
    static let asyncOperation = Self.known("Azure-AsyncOperation")
    static let requestID = Self.known("x-ms-request-id")
    static let clientRequestID = Self.known("x-ms-client-request-id")
    static let correlationRequestID = Self.known("x-ms-correlation-request-id")
    static let routingRequestID = Self.known("x-ms-routing-request-id")
    /// Tells the account of calls who called; the listener takes it off again.
    static let emulatedCaller = Self.known("x-emulated-caller")

    private static func known(_ name: String) -> HTTPField.Name {
        // A literal above is always a field name; the fallback only spares a forced unwrap.
        HTTPField.Name(name) ?? .server
    }
}
