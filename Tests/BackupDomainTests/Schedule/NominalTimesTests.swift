import FoundationEssentials
import Testing

@testable import BackupDomain

@Suite("Times where the clocks change")
struct NominalTimesTests {
    struct Night: CustomTestStringConvertible {
        var cron: String
        var zone: TimeZoneRules
        var after: String
        var times: [String]
        var testDescription: String { "\(self.cron) \(self.zone.name) \(self.after)" }

        private static let gap = "2026-03-28T22:00:00Z"
        private static let fold = "2026-10-24T22:00:00Z"

        /// The first five are those of Debian's cron; all were also seen from cronsim.
        static let all: [Self] = [
            Self(cron: "30 2 * * *", zone: .berlin, after: gap, times: ["03-29T01:00", "03-30T00:30", "03-31T00:30"]),
            Self(cron: "30 2 * * *", zone: .berlin, after: fold, times: ["10-25T00:30", "10-26T01:30"]),
            Self(
                cron: "*/30 * * * *",
                zone: .berlin,
                after: "2026-03-29T00:00:00Z",
                times: ["03-29T00:30", "03-29T01:00", "03-29T01:30"]
            ),
            Self(
                cron: "*/30 * * * *",
                zone: .berlin,
                after: "2026-10-24T23:30:00Z",
                times: ["10-25T00:00", "10-25T00:30", "10-25T01:00", "10-25T01:30", "10-25T02:00"]
            ),
            Self(
                cron: "0 1 * * *",
                zone: .newYork,
                after: "2026-10-31T12:00:00Z",
                times: ["11-01T05:00", "11-02T06:00"]
            ),
            // Several times in the gap, or one at its end, come once.
            Self(
                cron: "0,30 2 * * *",
                zone: .berlin,
                after: gap,
                times: ["03-29T01:00", "03-30T00:00", "03-30T00:30"]
            ),
            Self(cron: "0 2,3 * * *", zone: .berlin, after: gap, times: ["03-29T01:00", "03-30T00:00", "03-30T01:00"]),
            Self(cron: "0 3 * * *", zone: .berlin, after: gap, times: ["03-29T01:00", "03-30T01:00"]),
            // A star in minute or hour: nothing in the gap, both in the fold.
            Self(cron: "* 2 * * *", zone: .berlin, after: gap, times: ["03-30T00:00", "03-30T00:01"]),
            Self(cron: "0 */2 * * *", zone: .berlin, after: gap, times: ["03-28T23:00", "03-29T02:00"]),
            Self(
                cron: "0 */2 * * *",
                zone: .berlin,
                after: fold,
                times: ["10-25T00:00", "10-25T01:00", "10-25T03:00"]
            ),
            Self(
                cron: "30 0-23 * * *",
                zone: .berlin,
                after: fold,
                times: ["10-24T22:30", "10-24T23:30", "10-25T00:30", "10-25T02:30"]
            ),
            // Begun in the middle of a repeated hour: what its first pass has shown is over.
            Self(cron: "30 2 * * *", zone: .berlin, after: "2026-10-25T01:10:00Z", times: ["10-26T01:30"]),
            Self(
                cron: "0 1 30 * *",
                zone: .apia,
                after: "2011-12-29T00:00:00Z",
                times: ["12-30T10:00", "01-29T11:00"]
            ),
            Self(
                cron: "15 2 * * *",
                zone: .lordHowe,
                after: "2026-10-02T00:00:00Z",
                times: ["10-02T15:45", "10-03T15:30", "10-04T15:15"]
            ),
            Self(
                cron: "45 1 * * *",
                zone: .lordHowe,
                after: "2026-04-04T00:00:00Z",
                times: ["04-04T14:45", "04-05T15:15"]
            ),
            Self(
                cron: "30 23 * * 6",
                zone: .nuuk,
                after: "2026-03-28T00:00:00Z",
                times: ["03-29T01:00", "04-05T00:30"]
            ),
        ]
    }

    @Test(arguments: Night.all)
    func `come once, or keep their spacing`(_ night: Night) throws {
        let times = NominalTimes(.cron(try CronExpression(night.cron)), zone: night.zone)
        var found = [try #require(Date(iso8601: night.after))]
        for _ in night.times { found.append(try #require(times.first(after: found[found.count - 1])).at) }
        #expect(found.dropFirst().map { String($0.iso8601.dropFirst(5).prefix(11)) } == night.times)
        for (earlier, later) in zip(found.dropFirst(), found.dropFirst(2)) {
            #expect(times.last(upTo: later - 1)?.at == earlier)
            #expect(times.last(upTo: later)?.at == later)
        }
    }

    @Test(
        arguments: [
            (
                "30 2 * * *", "2026-03-28T22:00:00Z", "2026-03-29T03:00:00+02:00",
                NominalTime.Oddity.jumpedOver(wanted: 150)
            ),
            ("30 2 * * *", "2026-10-24T22:00:00Z", "2026-10-25T02:30:00+02:00", .firstOfTwo),
            ("*/30 * * * *", "2026-10-25T00:00:00Z", "2026-10-25T02:30:00+02:00", .firstOfBoth),
            ("*/30 * * * *", "2026-10-25T00:30:00Z", "2026-10-25T02:00:00+01:00", .secondOfBoth),
            ("30 2 * * *", "2026-10-25T22:00:00Z", "2026-10-26T02:30:00+01:00", nil),
        ] as [(String, String, String, NominalTime.Oddity?)]
    )
    func `tell what is odd about them`(
        _ cron: String,
        _ after: String,
        _ local: String,
        _ oddity: NominalTime.Oddity?
    ) throws {
        let times = NominalTimes(.cron(try CronExpression(cron)), zone: .berlin)
        let start = try #require(Date(iso8601: after))
        let time = try #require(times.first(after: start))
        #expect(time.local == local)
        #expect(time.oddity == oddity)
        #expect(time.weekday == (oddity == nil ? "Mon" : "Sun"))
    }

    @Test func `of an interval count from 1970, whenever one begins to look`() throws {
        let times = NominalTimes(.every(seconds: 6 * 3600), zone: .newYork)
        let start = try #require(Date(iso8601: "2026-11-24T03:15:00.5Z"))
        let time = try #require(times.first(after: start))
        #expect(time.at.iso8601 == "2026-11-24T06:00:00Z")
        #expect(time.local == "2026-11-24T01:00:00-05:00")
        #expect(times.first(after: time.at)?.at.iso8601 == "2026-11-24T12:00:00Z")
        #expect(times.last(upTo: time.at)?.at == time.at)
        #expect(times.last(upTo: time.at - 0.5)?.at.iso8601 == "2026-11-24T00:00:00Z")
    }

    @Test func `of any instant are found at once, also where none is near`() throws {
        let times = NominalTimes(.cron(try CronExpression("0 0 29 2 MON")), zone: .berlin)
        let start = try #require(Date(iso8601: "2096-03-01T00:00:00Z"))
        // 2100 has no leap day, and the expression is a Monday or the 29th of February.
        #expect(times.first(after: start)?.local == "2097-02-04T00:00:00+01:00")
        #expect(times.first(after: Date(timeIntervalSince1970: 1e300)) != nil)
        #expect(times.last(upTo: Date(timeIntervalSince1970: -1e300)) != nil)
    }
}
