import Foundation
import Testing

@testable import AzureEmulator

@Suite("Instants")
struct InstantTests {
    @Test(arguments: [
        (0.0, "Thu, 01 Jan 1970 00:00:00 GMT"), (951_827_696, "Tue, 29 Feb 2000 12:34:56 GMT"),
        (1_689_808_187, "Wed, 19 Jul 2023 23:09:47 GMT"), (1_798_761_599.9, "Thu, 31 Dec 2026 23:59:59 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
    func `HTTP's form is exact`(_ seconds: Double, _ text: String) {
        #expect(Instant.http(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test(arguments: ["2026-11-23T01:00:00Z", "2026-11-23T01:00:00.000Z", "2026-11-23T02:00:00+01:00"])
    func `RFC 3339 is read with and without fractions`(_ text: String) {
        #expect(Instant.date(text) == Date(timeIntervalSince1970: 1_795_395_600))
    }

    @Test func `milliseconds are written`() {
        #expect(Instant.text(Date(timeIntervalSince1970: 1_795_395_600.25)) == "2026-11-23T01:00:00.250Z")
        #expect(Instant.compact(Date(timeIntervalSince1970: 1_795_395_600)) == "20261123T010000Z")
    }
}
