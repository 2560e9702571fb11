import FoundationEssentials

/// The tokens that the simulated identity endpoint gave out.
struct TokenBook {
    private struct Issued {
        var audience: String
        var expiresAt: Int64
    }

    /// The tokens as they stand in a header.
    private var issued: [String: Issued] = [:]
    private var number = 0

    /// Gives out a token.
    ///
    /// - Parameters:
    ///   - audience: What it is for.
    ///   - now: The present in milliseconds since 1970.
    ///   - lifetime: How many seconds it lives.
    /// - Returns: The endpoint's answer.
    mutating func issue(for audience: String, at now: Int64, lifetime: Int64) -> Data {
        self.number += 1
        let end = now / 1000 + lifetime
        let claims =
            #"{"aud":"\#(audience)","exp":\#(end),"oid":"8f0b6a52-1c3d-4e5f-a6b7-c8d9e0f1a2b3","tid":"t","n":\#(self.number)}"#
        let token = "e30.\(Self.base64URL(claims)).\(SimulatedNames.secret)"
        self.issued["Bearer \(token)"] = Issued(audience: audience, expiresAt: end * 1000)
        return Data(
            #"{"access_token":"\#(token)","expires_in":"\#(lifetime)","expires_on":"\#(end)","token_type":"Bearer"}"#
                .utf8
        )
    }

    /// Says whether a call may pass.
    ///
    /// - Parameters:
    ///   - authorization: The call's header.
    ///   - audience: What its token must be for.
    ///   - now: The present in milliseconds since 1970.
    /// - Returns: Whether its token is known, for this audience, and has not expired.
    func accepts(_ authorization: String?, for audience: String, at now: Int64) -> Bool {
        guard let authorization, let token = self.issued[authorization] else { return false }
        return token.audience == audience && now < token.expiresAt
    }

    private static func base64URL(_ text: String) -> String {
        let bytes = Array(Data(text.utf8).base64EncodedData()).filter { $0 != 61 }
        return String(decoding: bytes.map { $0 == 43 ? 45 : $0 == 47 ? 95 : $0 }, as: UTF8.self)
    }
}
