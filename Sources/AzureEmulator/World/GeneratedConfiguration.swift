import EmulatorRuntime
import Foundation

/// A realistic configuration of an instance, the same for the same name at every start.
struct GeneratedConfiguration {
    let name: String

    /// APIs with operations and policies, products, named values, backends and groups.
    var document: JSON {
        [
            "policy": .string(
                Self.policy(inbound: "<cors><allowed-origins><origin>*</origin></allowed-origins></cors>")
            ),
            "apis": .array(Self.subjects.enumerated().map { self.api($1, number: $0) }),
            "products": .array(["starter", "partner", "internal", "unlimited"].map(self.product)),
            "namedValues": .array(self.namedValues),
            "backends": .array(
                Self.subjects.prefix(8).map {
                    ["name": "\($0)-backend", "url": "https://\($0).internal.\(self.name).example", "protocol": "http"]
                }
            ),
            "groups": ["administrators", "developers", "guests", "partners"],
            "tags": ["public", "internal", "deprecated"],
        ]
    }

    private static let subjects = [
        "orders", "customers", "invoices", "payments", "products", "prices", "stock", "shipments", "returns",
        "suppliers", "carts", "coupons", "reviews", "loyalty", "accounts", "sessions", "notifications", "messages",
        "documents", "contracts", "claims", "quotes", "leads", "campaigns", "stores", "employees", "shifts",
        "calendars", "tickets", "assets", "sensors", "telemetry", "reports", "exports", "translations", "currencies",
    ]

    private func api(_ subject: String, number: Int) -> JSON {
        let verbs = [
            ("list", "GET", ""), ("get", "GET", "/{id}"), ("create", "POST", ""), ("update", "PUT", "/{id}"),
            ("delete", "DELETE", "/{id}"),
        ]
        let rate = (StableSum.of("\(self.name)/\(subject)") % 9 + 1) * 100
        return [
            "name": .string("\(subject)-v1"), "displayName": .string("\(subject.capitalized) API"),
            "path": .string(subject), "apiVersion": "v1", "protocols": ["https"],
            "subscriptionRequired": .bool(number % 5 != 0),
            "serviceUrl": .string("https://\(subject).internal.\(self.name).example/v1"),
            "policy": .string(Self.policy(inbound: "<rate-limit calls=\"\(rate)\" renewal-period=\"60\" />")),
            "operations": .array(
                verbs.map { verb, method, suffix in
                    [
                        "name": .string("\(verb)-\(subject)"), "method": .string(method),
                        "urlTemplate": .string("/\(subject)\(suffix)"),
                        "displayName": .string("\(verb.capitalized) \(subject)"),
                    ]
                }
            ),
        ]
    }

    private func product(_ product: String) -> JSON {
        let members = Self.subjects.filter { StableSum.of("\(self.name)/\(product)/\($0)") % 3 == 0 }
        return [
            "name": .string(product), "displayName": .string(product.capitalized), "state": "published",
            "subscriptionRequired": true, "apis": .array(members.map { .string("\($0)-v1") }),
        ]
    }

    private var namedValues: [JSON] {
        (1...18).map { number in
            [
                "name": .string("setting-\(number)"), "secret": .bool(number % 3 == 0),
                "value": .string("value-\(StableSum.of("\(self.name)/\(number)") % 100_000)"),
            ]
        }
    }

    private static func policy(inbound: String) -> String {
        "<policies><inbound><base />\(inbound)</inbound><backend><base /></backend><outbound><base /></outbound>"
            + "<on-error><base /></on-error></policies>"
    }
}
