import Foundation
import Testing

@testable import AzureEmulator

@Suite("Schedules of jobs")
struct UTCCronTests {
    struct Case: CustomTestStringConvertible {
        var cron: String
        var after: String
        var next: [String]
        var testDescription: String { "\(self.cron) after \(self.after)" }

        static let all = [
            Case(
                cron: "0 * * * *",
                after: "2026-11-24T01:00:00Z",
                next: ["2026-11-24T02:00:00Z", "2026-11-24T03:00:00Z"]
            ),
            Case(
                cron: "0 1 * * *",
                after: "2026-11-24T00:59:59Z",
                next: ["2026-11-24T01:00:00Z", "2026-11-25T01:00:00Z"]
            ),
            Case(
                cron: "*/20 8-9 * * *",
                after: "2026-11-24T09:20:00Z",
                next: ["2026-11-24T09:40:00Z", "2026-11-25T08:00:00Z"]
            ),
            Case(
                cron: "5/25 0 * * *",
                after: "2026-11-24T00:05:30Z",
                next: ["2026-11-24T00:30:00Z", "2026-11-24T00:55:00Z"]
            ),
            Case(
                cron: "0 0 29 2 *",
                after: "2026-03-01T00:00:00Z",
                next: ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"]
            ),
            Case(
                cron: "0 6 * * mon-fri",
                after: "2026-11-27T06:00:00Z",
                next: ["2026-11-30T06:00:00Z", "2026-12-01T06:00:00Z"]
            ),
            Case(
                cron: "0 6 1 * sun",
                after: "2026-11-27T06:00:00Z",
                next: ["2026-11-29T06:00:00Z", "2026-12-01T06:00:00Z"]
            ),
            Case(
                cron: "0 0 1 jan,jul 7",
                after: "2026-06-30T00:00:00Z",
                next: ["2026-07-01T00:00:00Z", "2026-07-05T00:00:00Z"]
            ),
            Case(cron: "0 0 31 4 *", after: "2026-06-30T00:00:00Z", next: []),
        ]
    }

    @Test(arguments: Case.all)
    func `name the next times, in UTC`(_ test: Case) throws {
        let cron = try #require(UTCCron(test.cron))
        var instant = try #require(Instant.date(test.after))
        for next in test.next {
            instant = try #require(cron.next(after: instant))
            #expect(instant == Instant.date(next))
        }
        if test.next.isEmpty { #expect(cron.next(after: instant) == nil) }
    }

    @Test(arguments: [
        "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "5-1 * * * *",
        "*/0 * * * *", "a * * * *", "1,,2 * * * *", "1/2/3 * * * *", "@daily",
    ])
    func `are refused where they are none`(_ text: String) { #expect(UTCCron(text) == nil) }
}
