import BackupDomain
import FoundationEssentials
import TestSupport
import Testing

@testable import AzureClient

struct HTTPDateTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String { self.text }
        var text: String
        var expected: String?
    }

    static let cases = [
        Case(text: "Wed, 19 Jul 2023 23:09:47 GMT", expected: "2023-07-19T23:09:47Z"),
        Case(text: "Thu, 01 Jan 1970 00:00:00 GMT", expected: "1970-01-01T00:00:00Z"),
        Case(text: "Tue, 29 Feb 2028 12:00:00 GMT", expected: "2028-02-29T12:00:00Z"),
        Case(text: "Mon, 01 Mar 2100 00:00:00 GMT", expected: "2100-03-01T00:00:00Z"),
        Case(text: "Wed, 19 Jul 2023 23:09:47 CET", expected: nil),
        Case(text: "Wed, 19 Jux 2023 23:09:47 GMT", expected: nil),
        Case(text: "Wed, 40 Jul 2023 23:09:47 GMT", expected: nil),
        Case(text: "Wed, 19 Jul 2023 25:09:47 GMT", expected: nil),
        Case(text: "2023-07-19T23:09:47Z", expected: nil),
        Case(text: "", expected: nil),
    ]

    @Test(arguments: cases)
    func reads(_ test: Case) {
        #expect(HTTPDate.date(test.text)?.iso8601 == test.expected)
    }

    struct Wait: CustomTestStringConvertible {
        var testDescription: String { self.retryAfter ?? "none" }
        var retryAfter: String?
        var date: String? = "Wed, 19 Jul 2023 23:09:47 GMT"
        var expected: Duration?
    }

    static let waits = [
        Wait(retryAfter: nil, expected: nil),
        Wait(retryAfter: "60", expected: .seconds(60)),
        Wait(retryAfter: "0", expected: .zero),
        Wait(retryAfter: "-5", expected: .zero),
        Wait(retryAfter: "999999999", expected: .seconds(86_400)),
        Wait(retryAfter: "Wed, 19 Jul 2023 23:10:47 GMT", expected: .seconds(60)),
        Wait(retryAfter: "Wed, 19 Jul 2023 23:00:00 GMT", expected: .zero),
        Wait(retryAfter: "Wed, 19 Jul 2023 23:10:47 GMT", date: nil, expected: nil),
        Wait(retryAfter: "soon", expected: nil),
    ]

    @Test(arguments: waits)
    func readsRetryAfter(_ test: Wait) {
        var answer = HTTPExchangeResponse.text(429)
        answer.fields[text: "Retry-After"] = test.retryAfter
        answer.fields[text: "Date"] = test.date
        #expect(answer.retryAfter == test.expected)
    }
}
