import Foundation
import HTTPTypes

/// The text that a client signs with an account key.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key>, version 2015-02-21 and later.
struct SharedKeyText {
    private let request: BlobRequest

    init(_ request: BlobRequest) { self.request = request }

    /// The texts that the scheme `SharedKey` may mean: they differ at most in the order of the `x-ms-` headers.
    var full: [String] {
        let names = [
            "content-encoding", "content-language", "content-length", "content-md5", "content-type", "date",
            "if-modified-since", "if-match", "if-none-match", "if-unmodified-since", "range",
        ]
        let standard = names.map { name in
            switch name {
            case "content-length": self.value(name) == "0" ? "" : self.value(name)
            case "date": self.request.header("x-ms-date") == nil ? self.value(name) : ""
            default: self.value(name)
            }
        }
        let head = ([self.request.method.rawValue] + standard).joined(separator: "\n")
        return self.headerLines.map { "\(head)\n\($0)\(self.resource)\(self.queryLines)" }
    }

    /// The texts that the scheme `SharedKeyLite` may mean.
    var lite: [String] {
        let date = self.request.header("x-ms-date") == nil ? self.value("date") : ""
        let head = [self.request.method.rawValue, self.value("content-md5"), self.value("content-type"), date]
            .joined(separator: "\n")
        let comp = self.request.query["comp"].map { "?comp=\($0)" } ?? ""
        return self.headerLines.map { "\(head)\n\($0)\(self.resource)\(comp)" }
    }

    /// A path-style path begins with the account, which therefore stands twice.
    private var resource: String { "/\(self.request.target.account)\(self.request.rawPath)" }

    private func value(_ name: String) -> String { self.request.header(name) ?? "" }

    private var headerLines: [String] {
        let names = Set(self.request.headers.map(\.name.canonicalName).filter { $0.hasPrefix("x-ms-") })
        let ordinal = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let collated = names.sorted { CollatedHeaderName($0) < CollatedHeaderName($1) }
        let orders = ordinal == collated ? [ordinal] : [ordinal, collated]
        return orders.map { names in
            names.map { "\($0):\(self.value($0).trimmingCharacters(in: .whitespaces))\n" }.joined()
        }
    }

    private var queryLines: String {
        var values: [String: [String]] = [:]
        for item in self.request.rawQuery.split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].removingPercentEncoding ?? String(parts[0])
            let value = parts.count > 1 ? parts[1].removingPercentEncoding ?? String(parts[1]) : ""
            values[name.lowercased(), default: []].append(value)
        }
        return values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { "\n\($0.key):\($0.value.sorted().joined(separator: ","))" }
            .joined()
    }
}
