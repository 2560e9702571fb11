import BackupDomain
import HTTPTypes

/// Adds to every call who calls, and for which run: `User-Agent` and `x-ms-client-request-id`.
///
/// The second is the run's id within ``CallContext``, so that Azure's Activity Log can be matched with the record.
package struct IdentifyingTransport: HTTPTransport {
    private let base: any HTTPTransport
    private let identity: ClientIdentity

    /// Wraps a transport.
    ///
    /// - Parameters:
    ///   - base: What carries the calls.
    ///   - identity: Who calls.
    package init(_ base: any HTTPTransport, identity: ClientIdentity) {
        self.base = base
        self.identity = identity
    }

    package func send(_ request: HTTPExchangeRequest) async throws -> HTTPExchangeResponse {
        var request = request
        request.fields[.userAgent] = "apim-backup/\(self.identity.version)"
        request.fields[text: "x-ms-client-request-id"] = CallContext.runID?.text ?? self.identity.invocationID
        return try await self.base.send(request)
    }
}
