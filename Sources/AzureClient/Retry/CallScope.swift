import FoundationEssentials
import HTTPTypes

/// What Resource Manager counts a call under: the subscription, or the tenant, and the kind of call.
///
/// Source: <https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling>
struct CallScope: Sendable, Hashable {
    /// The kinds of calls that are counted apart.
    enum Kind: Sendable, Hashable {
        case reads, writes, deletes
    }

    /// The subscription's id in lower case; empty for calls that concern none.
    var subscription: String
    /// The kind.
    var kind: Kind

    /// Finds out what a call is counted under.
    ///
    /// - Parameter request: The call.
    init(_ request: HTTPExchangeRequest) {
        let parts = request.url.path().utf8.split(separator: 47, maxSplits: 2)
        let isNamed = parts.count > 1 && Substring(parts[0]).lowercased() == "subscriptions"
        self.subscription = isNamed ? Substring(parts[1]).lowercased() : ""
        self.kind =
            switch request.method {
            case .get, .head: .reads
            case .delete: .deletes
            default: .writes
            }
    }
}
