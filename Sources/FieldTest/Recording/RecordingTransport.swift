package import AzureClient

/// A transport of which everything is taken down.
package struct RecordingTransport: HTTPTransport {
    private let base: any HTTPTransport
    private let recorder: ExchangeRecorder

    /// Wraps a transport.
    ///
    /// - Parameters:
    ///   - base: What carries the calls.
    ///   - recorder: What takes them down.
    package init(_ base: any HTTPTransport, _ recorder: ExchangeRecorder) {
        self.base = base
        self.recorder = recorder
    }

    package func send(_ request: HTTPExchangeRequest) async throws -> HTTPExchangeResponse {
        try await self.recorder.send(request, over: self.base)
    }
}
