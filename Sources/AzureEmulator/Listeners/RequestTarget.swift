import Foundation

/// The target of a request, parted into path and query.
///
/// Source: RFC 9112, section 3.2: the origin form, and the absolute form that a client sends to a proxy.
struct RequestTarget: Sendable, Equatable {
    let path: String
    let query: String

    init?(_ target: String) {
        var rest = target[...]
        if !rest.hasPrefix("/") {
            guard let scheme = rest.range(of: "://") else { return nil }
            rest = rest[scheme.upperBound...]
            rest = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
        }
        let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.path = String(parts[0])
        self.query = parts.count > 1 ? String(parts[1]) : ""
    }
}
