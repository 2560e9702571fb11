import EmulatorExpressions
import Foundation
import Testing

@Suite("Times in expressions")
struct TimestampTests {
    static let instant = Timestamp(Date(timeIntervalSince1970: 1_795_396_205.25))

    @Test(arguments: [
        ("o", "2026-11-23T01:10:05.2500000Z"), ("u", "2026-11-23 01:10:05Z"), ("r", "Mon, 23 Nov 2026 01:10:05 GMT"),
        ("s", "2026-11-23T01:10:05"), ("yyyyMMddTHHmmssZ", "20261123T011005Z"),
        ("yyyy-MM-ddT01:00:00", "2026-11-23T01:00:00"),
        ("dddd d MMM yy", "Monday 23 Nov 26"), ("h:mm tt", "1:10 AM"), ("ss.FFFF", "05.25"), ("'T'\\dK", "TdZ"),
        ("D", "Monday, 23 November 2026"),
        ("fff", "250"), ("%d", "23"), ("zzz", "+00:00"), ("", "11/23/2026 01:10:05"),
    ])
    func `a format of dotnet is written`(_ format: String, _ text: String) throws {
        #expect(try #require(TimestampFormat(format)).text(of: Self.instant) == text)
    }

    @Test func `a single letter that is no format is none`() { #expect(TimestampFormat("q") == nil) }

    @Test(arguments: [
        ("2026-11-23", 1_795_392_000.0), ("2026-11-23T01:00Z", 1_795_395_600), ("2026-11-23 01:00:00", 1_795_395_600),
        ("2026-11-23T02:00:00.5+01:00", 1_795_395_600.5), ("2024-02-29T00:00:00Z", 1_709_164_800),
    ])
    func `a time is read`(_ text: String, _ seconds: Double) throws {
        #expect(try #require(Timestamp(text)).date == Date(timeIntervalSince1970: seconds))
    }

    @Test(arguments: ["", "x", "2026-13-01", "2026-02-29", "2026-11-23T24:00:00Z", "23.11.2026", "0000-01-01"])
    func `what is no time is refused`(_ text: String) { #expect(Timestamp(text) == nil) }

    @Test(arguments: [
        ("PT30S", 0, 300_000_000), ("P1D", 0, 864_000_000_000), ("P1Y2M", 14, 0), ("-PT1H", 0, -36_000_000_000),
        ("P1W", 0, 6_048_000_000_000), ("PT0.5S", 0, 5_000_000), ("P1M1DT1M", 1, 864_600_000_000),
    ])
    func `a duration is read`(_ text: String, _ months: Int, _ ticks: Int) throws {
        let duration = try #require(ISODuration(text))
        #expect((duration.months, duration.ticks) == (months, ticks))
    }

    @Test(arguments: ["", "P", "PT", "P1", "1D", "PT1D", "P1S", "PT1M1H", "P1.5D", "P99999999999999999D", "P1DT"])
    func `what is no duration is refused`(_ text: String) { #expect(ISODuration(text) == nil) }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2024-02-29", 12, "2025-02-28"), ("2026-03-31", -13, "2025-02-28"),
    ])
    func `months keep within the month`(_ text: String, _ months: Int, _ result: String) throws {
        let moved = try #require(Timestamp(text)).adding(months: months)
        #expect(try #require(TimestampFormat("yyyy-MM-dd")).text(of: moved) == result)
    }

    @Test(arguments: [(0.0, "PT0S"), (65.5, "PT1M5.5000000S"), (3605, "PT1H0M5S")])
    func `a duration is written`(_ seconds: Double, _ text: String) {
        #expect(ISODuration.text(seconds: seconds) == text)
    }
}
