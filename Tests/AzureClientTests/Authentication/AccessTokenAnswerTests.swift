import BackupDomain
import FoundationEssentials
import Testing

@testable import AzureClient

struct AccessTokenAnswerTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String { self.json }
        var json: String
        var lifetime: Double?
        var refresh: Double?
    }

    static let cases = [
        Case(json: #"{"access_token":"t","expires_in":3599}"#, lifetime: 3599),
        Case(json: #"{"access_token":"t","expires_in":"3599"}"#, lifetime: 3599),
        Case(json: #"{"access_token":"t","expires_on":"1795482100"}"#, lifetime: 100),
        Case(json: #"{"access_token":"t","expires_on":1795482100}"#, lifetime: 100),
        Case(json: #"{"access_token":"t","expires_in":86400}"#, lifetime: 86_400, refresh: 43_200),
        Case(json: #"{"access_token":"t","expires_in":86400,"refresh_in":7}"#, lifetime: 86_400, refresh: 7),
        Case(json: #"{"access_token":"t"}"#, lifetime: nil),
        Case(json: #"{"access_token":"","expires_in":1}"#, lifetime: nil),
        Case(json: #"{"access_token":"a\r\nb","expires_in":1}"#, lifetime: nil),
        Case(json: #"{"access_token":"t","expires_in":9e18}"#, lifetime: nil),
        Case(json: #"{"expires_in":1}"#, lifetime: nil),
    ]

    @Test(arguments: cases)
    func reads(_ test: Case) throws {
        let document = try JSONDecoder.stable().decode(JSONValue.self, from: Data(test.json.utf8))
        let token = AccessToken(answer: document, now: Fixture.now)
        #expect(token?.expiresAt == test.lifetime.map { Fixture.now + $0 })
        #expect(token?.refreshAt == test.refresh.map { Fixture.now + $0 })
    }
}
