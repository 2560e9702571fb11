import Foundation
import Testing

@testable import BackupDomain

@Suite("Texts of instants")
struct InstantTextTests {
    /// Instants from 1600 to 9999, and the first and last moments of days that end months and leap years.
    private static let instants: [Int] =
        (0..<2000).map { index in -11_676_096_000_000 + index * 132_471_301_777 }
        + [-1, 0, 10_956, 10_957, 11_016, 19_782, 20_781, 47_540, 2_932_896].flatMap { day in
            [0, 1, 86_399_999].map { day * 86_400_000 + $0 }
        }

    @Test func `an instant is written as Foundation writes it, and read again`() {
        for instant in Self.instants {
            let isFractional = !instant.isMultiple(of: 1000)
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: isFractional)
            // Foundation cuts, and a fraction of a second is not quite what it seems.
            let expected = Date(timeIntervalSince1970: Double(instant) / 1000 + 0.0001).formatted(style)
            let text = InstantText.extended(Double(instant), isFractional: isFractional)
            #expect(text == expected)
            #expect(text.flatMap(InstantText.milliseconds) == instant)
        }
    }

    @Test(arguments: [
        "2026-02-29T01:00:00Z", "2026-13-01T01:00:00Z", "2026-00-01T01:00:00Z", "2026-01-00T01:00:00Z",
        "2026-01-01T24:00:00Z", "2026-01-01T01:60:00Z", "2026-01-01T01:00:60Z", "2026-01-01 01:00:00Z",
        "2026-01-01T01:00:00.5Z", "2026-01-01T01:00:00,500Z", "2026-01-01T01:00:0éZ", "2026-1-01T01:00:000Z",
        "+026-01-01T01:00:00Z", "1599-12-31T23:59:59Z", "2026-01-01T01:00:00+00", "",
    ])
    func `what has another form is left to Foundation`(_ text: String) {
        #expect(InstantText.milliseconds(text) == nil)
    }

    @Test(arguments: [Double.infinity, -.infinity, .nan, 253_402_300_800_000, -11_676_096_000_001])
    func `a year before 1600 or after 9999 is left to Foundation`(_ milliseconds: Double) {
        #expect(InstantText.extended(milliseconds, isFractional: false) == nil)
    }
}
