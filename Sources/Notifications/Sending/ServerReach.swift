package import AzureClient
package import BackupDomain
import FoundationEssentials
import HTTPTypes

/// Looks whether servers can be reached, without telling them anything: their origin alone is no webhook.
package struct ServerReach: Sendable {
    /// How long a server may take to answer.
    private static let patience = Duration.seconds(10)

    private let transport: any HTTPTransport

    /// Creates a look.
    ///
    /// - Parameter transport: What carries the call.
    package init(_ transport: any HTTPTransport) { self.transport = transport }

    /// Looks at one server; any answer will do.
    ///
    /// - Parameter origin: Where it is.
    /// - Returns: Why it cannot be reached; nil where it can.
    package func failure(at origin: Origin) async -> BackupError? {
        guard let url = URL(string: "\(origin)/") else { return nil }
        let request = HTTPExchangeRequest(method: .head, url: url, capInBytes: 1 << 16, deadline: Self.patience)
        do {
            _ = try await self.transport.send(request)
            return nil
        } catch {
            // Whoever is asked to stop is told nothing.
            return (error as? TransportFailure)?.error
        }
    }
}
