import BackupDomain
import FoundationEssentials
import Testing

@testable import AzureClient

struct TokenClaimsTests {
    static func token(_ claims: String) -> Secret {
        Secret("e30.\(Data(claims.utf8).base64URL).sig")
    }

    @Test func `claims are read without padding and from v2 tokens too`() {
        let claims = TokenClaims(Self.token(#"{"tid":"t-1","oid":"o-1","azp":"a-1","exp":1795485600}"#))
        #expect(claims?.tenantID == "t-1")
        #expect(claims?.objectID == "o-1")
        #expect(claims?.applicationID == "a-1")
        #expect(claims?.expiresAt?.iso8601 == "2026-11-24T02:00:00Z")
    }

    @Test func `what could break out of a message is not taken over`() {
        let claims = TokenClaims(Self.token(#"{"oid":"x'; rm -rf /; '","appid":"a\nb"}"#))
        #expect(claims?.objectID == nil)
        #expect(claims?.applicationID == nil)
    }

    @Test(arguments: ["", "a.b", "a.!!!.c", "opaque", "a.e30", String(repeating: "a", count: 20_000) + ".e30.c"])
    func isNoToken(_ text: String) {
        #expect(TokenClaims(Secret(text)) == nil)
    }
}
