import BackupDomain
import Foundation
import Testing

@testable import Inventory

@Suite("What an inventory keeps")
struct SecretRulesTests {
    private static let secret = "hunter2-planted"

    struct Left: CustomTestStringConvertible {
        var name: String
        var value: JSONValue
        var testDescription: String { self.name }

        static let all: [Self] = [
            Self(name: "value", value: .string(secret)), Self(name: "password", value: .string(secret)),
            Self(name: "clientSecret", value: .string(secret)), Self(name: "primaryKey", value: .string(secret)),
            Self(name: "credentials", value: .object(["header": .object(["x": .array([.string(secret)])])])),
            Self(name: "credentials", value: .object(["query": .object(["code": .string(secret)])])),
            Self(name: "headers", value: .object(["x-functions-key": .string(secret)])),
            Self(name: "headers", value: .array([.object(["name": .string("x"), "defaultValue": .string(secret)])])),
            Self(name: "connectionString", value: .string(secret)), Self(name: "data", value: .string(secret)),
            Self(
                name: "tokenBodyParameters",
                value: .array([.object(["name": .string("a"), "value": .string(secret)])])
            ),
            Self(name: "serviceUrl", value: .string("https://user:\(secret)@host/path")),
            Self(name: "url", value: .string("https://host/path?code=\(secret)")),
            Self(name: "anything", value: .string("Endpoint=sb://x;SharedAccessKey=\(secret)")),
            Self(name: "anything", value: .string("Bearer \(secret)")),
            Self(name: "new", value: .object(["deep": .object(["apiKeyOfTomorrow": .string(secret)])])),
            Self(name: "templateParameters", value: .array([.object(["defaultValue": .string(secret)])])),
            Self(name: "contact", value: .object(["email": .string(secret), "url": .string("https://x.example")])),
            Self(name: "description", value: .string(String(repeating: "x", count: 1024) + secret)),
        ]
    }

    @Test(arguments: Left.all) func `no secret is kept`(_ left: Left) throws {
        let kept = SecretRules.kept([left.name: left.value, "displayName": .string("kept")])
        let text = String(decoding: try JSONEncoder.stable().encode(kept), as: UTF8.self)
        #expect(!text.contains(Self.secret), "\(text)")
        #expect(kept["displayName"] == .string("kept"))
    }

    struct Kept: CustomTestStringConvertible {
        var name: String
        var value: JSONValue
        var testDescription: String { self.name }

        static let all: [Self] = [
            Self(name: "secret", value: .boolean(true)), Self(name: "path", value: .string("orders")),
            Self(name: "fieldOfTomorrow", value: .integer(7)),
            Self(
                name: "keyVault",
                value: .object(["secretIdentifier": .string("https://kv.vault.azure.net/secrets/a")])
            ),
            Self(name: "subscriptionKeyParameterNames", value: .object(["header": .string("X-Key")])),
            Self(name: "tokenEndpoint", value: .string("https://login.example/token")),
            Self(name: "headers", value: .array([.object(["name": .string("x"), "required": .boolean(true)])])),
            Self(name: "thumbprint", value: .string("A0B1")),
            Self(name: "urlTemplate", value: .string("/a/{id}?q={q}")),
        ]
    }

    @Test(arguments: Kept.all) func `what is no secret is kept`(_ kept: Kept) {
        #expect(SecretRules.kept([kept.name: kept.value]) == [kept.name: kept.value])
    }

    @Test func `what changes by itself is left out`() {
        #expect(SecretRules.kept(["lastStatus": .object(["code": .string("Success")]), "a": .null]) == [:])
    }
}
