import Foundation
import HTTPTypes

/// The counters of calls that are left, as the Resource Manager writes them.
///
/// The buckets themselves are not emptied yet: every call finds them full but for itself.
/// Source: "Understand how Azure Resource Manager throttles requests".
struct Throttle: Sendable {
    /// How many calls a full bucket holds.
    private static func capacity(of kind: String) -> Int { kind == "reads" ? 250 : 200 }

    func describe(_ method: HTTPRequest.Method, caller: String, now: Date, in headers: inout HTTPFields) {
        let kind = method == .get || method == .head ? "reads" : method == .delete ? "deletes" : "writes"
        let left = Self.capacity(of: kind)
        if let name = HTTPField.Name("x-ms-ratelimit-remaining-subscription-\(kind)") { headers[name] = "\(left - 1)" }
        if let name = HTTPField.Name("x-ms-ratelimit-remaining-subscription-global-\(kind)") {
            headers[name] = "\(left * 15 - 1)"
        }
    }
}
