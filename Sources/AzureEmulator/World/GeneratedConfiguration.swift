import EmulatorRuntime
import Foundation
import Synchronization

/// A realistic configuration of an instance, the same for the same name at every start.
struct GeneratedConfiguration {
    let name: String

    private static let made = Mutex<[String: ContentNode]>([:])

    /// The contents of an instance of this name; made once, since every call that looks at them would make them anew.
    static func contents(of name: String) -> ContentNode {
        if let known = Self.made.withLock({ $0[name] }) { return known }
        // What is made here follows the kinds; the fallback only spares a forced try.
        let contents = (try? ContentNode(document: Self(name: name).document)) ?? ContentNode(name: "")
        Self.made.withLock { $0[name] = contents }
        return contents
    }

    /// APIs with operations, policies and a revision, products, named values, backends, groups and whatever else there is.
    var document: JSON {
        [
            "policies": Self.policies(
                inbound: "<cors><allowed-origins><origin>*</origin></allowed-origins></cors>"
            ),
            "apis": .array(Self.subjects.enumerated().map { self.api($1, number: $0) } + [self.revision]),
            "apiVersionSets": [
                Self.thing("orders", ["displayName": "Orders API", "versioningScheme": "Segment"])
            ],
            "products": .array(["starter", "partner", "internal", "unlimited"].map(self.product)),
            "namedValues": .array(self.namedValues),
            "backends": .array(
                Self.subjects.prefix(8).map { subject in
                    let url = "https://\(subject).internal.\(self.name).example"
                    return Self.thing("\(subject)-backend", ["url": .string(url), "protocol": "http"])
                }
            ),
            "policyFragments": [
                Self.thing(
                    "limits",
                    ["value": "<fragment><rate-limit calls=\"50\" renewal-period=\"60\" /></fragment>"]
                )
            ],
            "groups": .array(["administrators", "developers", "guests", "partners"].map(Self.group)),
            "users": .array((1...3).map(self.user)),
            "subscriptions": .array(["starter", "partner", "internal"].map(self.subscription)),
            "tags": .array(["public", "internal", "deprecated"].map { Self.thing($0, ["displayName": .string($0)]) }),
            "loggers": [
                Self.thing("insights", ["loggerType": "applicationInsights", "isBuffered": true, "description": nil])
            ],
            "diagnostics": [
                Self.thing("applicationinsights", ["loggerId": "/loggers/insights", "alwaysLog": "allErrors"])
            ],
            "certificates": [self.certificate],
        ]
    }

    private static let subjects = [
        "orders", "customers", "invoices", "payments", "products", "prices", "stock", "shipments", "returns",
        "suppliers", "carts", "coupons", "reviews", "loyalty", "accounts", "sessions", "notifications", "messages",
        "documents", "contracts", "claims", "quotes", "leads", "campaigns", "stores", "employees", "shifts",
        "calendars", "tickets", "assets", "sensors", "telemetry", "reports", "exports", "translations", "currencies",
    ]

    private static func thing(_ name: String, _ properties: JSON) -> JSON {
        ["name": .string(name), "properties": properties]
    }

    private func api(_ subject: String, number: Int) -> JSON {
        let verbs = [
            ("list", "GET", ""), ("get", "GET", "/{id}"), ("create", "POST", ""), ("update", "PUT", "/{id}"),
            ("delete", "DELETE", "/{id}"),
        ]
        let rate = (StableSum.of("\(self.name)/\(subject)") % 9 + 1) * 100
        var api = Self.thing(
            "\(subject)-v1",
            [
                "displayName": .string("\(subject.capitalized) API"), "path": .string(subject), "apiVersion": "v1",
                "protocols": ["https"], "subscriptionRequired": .bool(number % 5 != 0),
                "serviceUrl": .string("https://\(subject).internal.\(self.name).example/v1"),
            ]
        )
        api["policies"] = Self.policies(inbound: "<rate-limit calls=\"\(rate)\" renewal-period=\"60\" />")
        api["operations"] = .array(
            verbs.map { verb, method, suffix in
                Self.thing(
                    "\(verb)-\(subject)",
                    [
                        "displayName": .string("\(verb.capitalized) \(subject)"), "method": .string(method),
                        "urlTemplate": .string("/\(subject)\(suffix)"),
                    ]
                )
            }
        )
        if number == 0 {
            api["properties"]?["apiVersionSetId"] = "/apiVersionSets/orders"
            api["releases"] = [Self.thing("first", ["apiId": "/apis/orders-v1", "notes": "The first release."])]
            api["tags"] = ["public"]
        }
        return api
    }

    /// A revision that is not the current one.
    private var revision: JSON {
        Self.thing(
            "orders-v1;rev=2",
            ["displayName": "Orders API", "path": "orders", "apiVersion": "v1", "protocols": ["https"]]
        )
    }

    private func product(_ product: String) -> JSON {
        let members = Self.subjects.filter { StableSum.of("\(self.name)/\(product)/\($0)") % 3 == 0 }
        var made = Self.thing(
            product,
            ["displayName": .string(product.capitalized), "state": "published", "subscriptionRequired": true]
        )
        made["apis"] = .array(members.map { .string("\($0)-v1") })
        made["groups"] = ["administrators", "developers"]
        return made
    }

    private var namedValues: [JSON] {
        (1...18).map { number in
            Self.thing(
                "setting-\(number)",
                [
                    "displayName": .string("setting-\(number)"), "secret": .bool(number % 3 == 0),
                    "value": .string("value-\(StableSum.of("\(self.name)/\(number)") % 100_000)"),
                ]
            )
        }
    }

    private static func group(_ name: String) -> JSON {
        let isBuiltIn = name != "partners"
        return self.thing(
            name,
            [
                "displayName": .string(name.capitalized), "builtIn": .bool(isBuiltIn),
                "type": isBuiltIn ? "system" : "custom",
            ]
        )
    }

    private func user(_ number: Int) -> JSON {
        Self.thing(
            "user-\(number)",
            [
                "email": .string("user-\(number)@\(self.name).example"), "firstName": "User",
                "lastName": .string("\(number)"), "state": "active",
            ]
        )
    }

    private func subscription(_ product: String) -> JSON {
        Self.thing(
            "\(product)-1",
            [
                "displayName": .string("\(product.capitalized) 1"), "scope": .string("/products/\(product)"),
                "state": "active", "primaryKey": .string(DerivedID.guid("\(self.name)/\(product)/primary")),
                "secondaryKey": .string(DerivedID.guid("\(self.name)/\(product)/secondary")),
            ]
        )
    }

    private var certificate: JSON {
        Self.thing(
            "backend-client",
            [
                "subject": .string("CN=\(self.name).example"), "thumbprint": "A0B1C2D3E4F5061728394A5B6C7D8E9F00112233",
                "expirationDate": "2027-06-30T12:00:00Z",
            ]
        )
    }

    private static func policies(inbound: String) -> JSON {
        let text =
            "<policies><inbound><base />\(inbound)</inbound><backend><base /></backend><outbound><base /></outbound>"
            + "<on-error><base /></on-error></policies>"
        return [self.thing("policy", ["format": "xml", "value": .string(text)])]
    }
}
