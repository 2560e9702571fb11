import TestSupport
import Testing

@testable import AzureClient

struct RateLimitReadingsTests {
    @Test func `what is left is kept by header, the newest wins, nonsense does not count`() {
        let readings = RateLimitReadings()
        let name = "x-ms-ratelimit-remaining-subscription-writes"
        readings.note(HTTPExchangeResponse.text(200, "", [name: "1199", "x-ms-request-id": "7"]).fields)
        readings.note(HTTPExchangeResponse.text(200, "", [name: "1198"]).fields)
        readings.note(HTTPExchangeResponse.text(200, "", [name: "many"]).fields)
        #expect(readings.remaining(name) == 1198)
        #expect(readings.remaining("x-ms-request-id") == nil)
    }
}
