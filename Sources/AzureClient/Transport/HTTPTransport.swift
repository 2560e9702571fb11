/// Carries one HTTP exchange: the seam at which tests and simulations replace the network.
///
/// Implementations follow no redirect and repeat nothing; they hold every answer to the request's cap and deadline.
package protocol HTTPTransport: Sendable {
    /// Sends a request and collects the whole answer.
    ///
    /// - Parameter request: What to send, with its limits.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``TransportFailure`` where no whole answer came, `CancellationError` when the task is cancelled.
    func send(_ request: HTTPExchangeRequest) async throws -> HTTPExchangeResponse
}
