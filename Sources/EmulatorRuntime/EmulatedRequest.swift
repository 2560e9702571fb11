package import Foundation
package import HTTPTypes

/// One request as a service of the emulator sees it: already read to its end, with the path kept as it was sent.
package struct EmulatedRequest: Sendable {
    /// The request's method.
    package var method: HTTPRequest.Method
    /// The path exactly as sent, percent-encoding included, without the query.
    package var rawPath: String
    /// The query exactly as sent, without the question mark; empty where there is none.
    package var rawQuery: String
    /// The header fields.
    package var headers: HTTPFields
    /// The whole body; empty where there is none.
    package var body: Data
    /// Whether the request came over TLS.
    package var isSecure: Bool
    /// Scheme and authority under which the client reached this listener, such as `https://127.0.0.1:4431`.
    package var origin: String
    /// The address that the request came from, such as `127.0.0.1`.
    package var remoteAddress: String
    /// Whether one of Azure's own services sent it, with its system-assigned identity: firewalls may let those in.
    package var isTrustedService: Bool

    /// Creates a request.
    package init(
        method: HTTPRequest.Method,
        rawPath: String,
        rawQuery: String = "",
        headers: HTTPFields = [:],
        body: Data = Data(),
        isSecure: Bool = true,
        origin: String = "https://127.0.0.1",
        remoteAddress: String = "127.0.0.1",
        isTrustedService: Bool = false
    ) {
        self.method = method
        self.rawPath = rawPath
        self.rawQuery = rawQuery
        self.headers = headers
        self.body = body
        self.isSecure = isSecure
        self.origin = origin
        self.remoteAddress = remoteAddress
        self.isTrustedService = isTrustedService
    }
}

extension EmulatedRequest {
    /// The path's segments, percent-decoded; empty ones are left out.
    package var segments: [String] {
        self.rawPath.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
    }

    /// The query's items in their order, percent-decoded; a plus sign stays a plus sign, as Azure's clients mean it.
    package var queryItems: [(name: String, value: String)] {
        self.rawQuery.split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].removingPercentEncoding ?? String(parts[0])
            let value = parts.count > 1 ? (parts[1].removingPercentEncoding ?? String(parts[1])) : ""
            return (name, value)
        }
    }

    /// The first value of a query item, found without regard to case.
    ///
    /// - Parameter name: The item's name.
    /// - Returns: Its decoded value, or nil where the query does not have it.
    package func query(_ name: String) -> String? {
        self.queryItems.first { $0.name.caseInsensitiveCompare(name) == .orderedSame }?.value
    }
}
