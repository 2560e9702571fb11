import Foundation

/// A body in the form `application/x-www-form-urlencoded`.
struct FormBody {
    private let fields: [String: String]

    init(_ body: Data) {
        let pairs = String(decoding: body, as: UTF8.self).split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { part in
                let spaced = part.replacing("+", with: " ")
                return spaced.removingPercentEncoding ?? String(spaced)
            }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
        self.fields = Dictionary(pairs) { first, _ in first }
    }

    subscript(name: String) -> String? { self.fields[name] }
}
