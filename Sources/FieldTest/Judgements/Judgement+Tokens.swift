import BackupDomain

/// Tokens.
extension Judgement {
    static let ofTokens: [Judgement] = [
        Judgement("storage-audience") { evidence in
            let asked = evidence.tokens.filter { token in
                token.status == 200 && token.parameter("resource")?.lowercased().contains("storage.azure.com") == true
            }
            guard !asked.isEmpty else {
                return .notSeen("No call shows what the token for the blob service was asked for.")
            }
            return .each("calls to the blob service", evidence.blobs) { call in
                call.status == 401 ? "The token for https://storage.azure.com was answered 401." : nil
            }
        },
        Self.endpoint("app-service-identity", "2019-08-01", "x-identity-header"),
        Self.endpoint("metadata-service-identity", "2018-02-01", "metadata"),
        Self.endpoint("machine-learning-identity", "2017-09-01", "secret"),
        .each(
            "token-answer",
            "answers with a token",
            { $0.tokens.filter { $0.status == 200 } },
            { answer in
                let body = answer.receivedBody
                return body?["expires_in"] == nil && body?["expires_on"] == nil
                    ? "It does not say when it expires." : nil
            }
        ),
        Judgement("client-credentials") { evidence in
            let asked = evidence.tokens.filter { $0.service == .entra }
            return .each("calls to Entra for a token", asked.filter(\.isSuccess)) { call in
                call.receivedBody?["access_token"] == nil ? "The answer has no access_token." : nil
            }
        },
        .each(
            "entra-numbers",
            "refusals of Entra",
            { $0.tokens.filter { $0.service == .entra && ($0.status ?? 0) >= 400 } },
            { $0.receivedBody?["error_codes"]?.array?.isEmpty == false ? nil : "It has no number." }
        ),
    ]

    private static func endpoint(_ assumption: String, _ version: String, _ field: String) -> Self {
        .each(
            assumption,
            "calls to an identity endpoint of that kind",
            { evidence in
                evidence.tokens.filter {
                    $0.service == .identityEndpoint && $0.parameter("api-version") == version && $0.sent[field] != nil
                        && ![404, 410, 429].contains($0.status) && ($0.status ?? 0) < 500
                }
            },
            { $0.status == 200 ? nil : "It was answered \($0.status ?? 0)." }
        )
    }
}
