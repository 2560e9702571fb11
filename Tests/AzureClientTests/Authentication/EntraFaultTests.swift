import BackupDomain
import FoundationEssentials
import TestSupport
import Testing

@testable import AzureClient

struct EntraFaultTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String { "\(self.status) \(self.body.prefix(60))" }
        var status = 400
        var body: String
        var date: String?
        var code: BackupError.Code
        var says: String
    }

    static func body(_ number: Int) -> String {
        #"{"error":"x","error_description":"AADSTS\#(number): Something.\r\nTrace ID: q"}"#
    }

    static let cases = [
        Case(body: Self.body(7_000_222), code: .credentialRejected, says: "expired"),
        Case(body: Self.body(700_016), code: .credentialRejected, says: "AZURE_CLIENT_ID"),
        Case(body: Self.body(90_002), code: .credentialRejected, says: "AZURE_TENANT_ID"),
        Case(body: Self.body(700_213), code: .credentialRejected, says: "federated credential"),
        Case(body: Self.body(700_024), code: .credentialRejected, says: "clock"),
        Case(
            body: Self.body(700_024),
            date: "Tue, 24 Nov 2026 02:00:00 GMT",
            code: .clockOff,
            says: "3600 seconds behind"
        ),
        Case(body: Self.body(50_000), code: .credentialRejected, says: "AADSTS50000"),
        Case(status: 503, body: "<html>", code: .azureError, says: "503"),
        Case(body: "{}", code: .credentialRejected, says: "400"),
    ]

    @Test(arguments: cases)
    func explains(_ test: Case) {
        let answer = HTTPExchangeResponse.text(test.status, test.body, test.date.map { ["Date": $0] } ?? [:])
        let error = EntraFault(answer, hiding: []).error(
            credential: "environment",
            tenant: "t",
            clientID: "c",
            now: Fixture.now
        )
        #expect(error.code == test.code)
        #expect(error.description.contains(test.says))
    }
}
