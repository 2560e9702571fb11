import BackupDomain
import Foundation
import Testing

@Suite("Redaction")
struct RedactionTests {
    static let key = String(repeating: "a", count: 86) + "=="
    static let token = "eyJ" + String(repeating: "x", count: 40) + ".eyJzdWIiOiJ4In0.c2ln"

    @Test(arguments: [
        ("a plain sentence about contoso-apim.", "a plain sentence about contoso-apim."),
        ("https://x/c/b?sv=2024&sig=abc%3D&se=1", "https://x/c/b?sv=2024&sig=<secret>&se=1"),
        ("Bearer \(token)", "Bearer <secret>"),
        ("AccountKey=\(key);EndpointSuffix=core", "AccountKey=<secret>;EndpointSuffix=core"),
        ("the key \(key) it was", "the key <secret> it was"),
        ("SharedKey account:\(key)", "SharedKey <secret>"),
        ("write to ops@contoso.com, please", "write to <e-mail address>, please"),
        ("/subscriptions/a/resourceGroups/b@c", "/subscriptions/a/resourceGroups/b@c"),
        ("2026-11-24T01:00:00Z", "2026-11-24T01:00:00Z"),
        ("http://127.0.0.1:8081/token?x=1", "http://<address>:8081/token?x=1"),
        ("no route from 10.0.0.4 to 192.168.178.254.", "no route from <address> to <address>."),
        ("proxy=10.1.2.3,10.1.2.4;http://u@10.0.0.9:3128", "proxy=<address>,<address>;http://u@<address>:3128"),
        (
            "http://[fe80::1%eth0]:8080/ and [::1], 2001:db8:0:1:2:3:4:5",
            "http://[<address>]:8080/ and [<address>], <address>"
        ),
        ("::ffff:10.0.0.4", "<address>"),
        ("at 03:00:00, version 1.2.3 or 1.2.3.4.5, 300.1.1.1", "at 03:00:00, version 1.2.3 or 1.2.3.4.5, 300.1.1.1"),
        ("dead:beef", "dead:beef"),
        ("contoso-10.0.0.4.blob.core.windows.net", "contoso-10.0.0.4.blob.core.windows.net"),
    ])
    func `takes secrets and addresses out of a text and leaves the rest`(_ text: String, _ expected: String) {
        #expect(Redaction.redact(text, for: .outsiders) == expected)
    }

    @Test func `takes out members by their names, at any depth`() throws {
        let text = """
            {"properties": {"publisherEmail": "a@b.c", "publisherName": "Contoso", "gatewayUrl": "https://x.azure-api.net",
              "hostnameConfigurations": [{"hostName": "x", "certificatePassword": "p", "encodedCertificate": "MII",
                                          "negotiateClientCertificate": false, "keyVaultId": null}]},
             "instanceKey": "contoso-apim-12345678", "primaryKey": "k", "subscriptionKey": "", "bytes": 5}
            """
        let redacted = Redaction.redact(try JSONDecoder.stable().decode(JSONValue.self, from: Data(text.utf8)))
        let host = try #require(redacted["properties"]?["hostnameConfigurations"]?.array?.first)
        #expect(redacted["properties"]?["publisherEmail"]?.string == "<personal data>")
        #expect(redacted["properties"]?["publisherName"]?.string == "<personal data>")
        #expect(redacted["properties"]?["gatewayUrl"]?.string == "https://x.azure-api.net")
        #expect(host["certificatePassword"]?.string == "<secret>")
        #expect(host["encodedCertificate"]?.string == "<secret>")
        #expect(host["negotiateClientCertificate"] == .boolean(false))
        #expect(host["keyVaultId"] == .null)
        #expect(redacted["instanceKey"]?.string == "contoso-apim-12345678")
        #expect(redacted["primaryKey"]?.string == "<secret>")
        #expect(redacted["subscriptionKey"]?.string == "")
        #expect(redacted["bytes"] == .integer(5))
    }

    @Test func `leaves the addresses of machines to who runs them`() {
        let text = "serving at http://127.0.0.1:8080 and [fe80::1], with code=abc"
        #expect(Redaction.redact(text) == "serving at http://127.0.0.1:8080 and [fe80::1], with code=<secret>")
    }
}
