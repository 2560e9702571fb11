import FoundationEssentials
import Testing

@testable import BackupDomain

@Suite("Cron expressions")
struct CronExpressionTests {
    struct Example: CustomTestStringConvertible {
        var expression: String
        var times: [String]
        var testDescription: String { self.expression }

        /// The first times after 2026-01-01T00:00Z, a Thursday.
        static let all: [Self] = [
            Self(expression: "0 1 * * *", times: ["2026-01-01T01:00", "2026-01-02T01:00"]),
            Self(expression: "  5\t1  * * * ", times: ["2026-01-01T01:05", "2026-01-02T01:05"]),
            Self(expression: "*/20 * * * *", times: ["2026-01-01T00:20", "2026-01-01T00:40", "2026-01-01T01:00"]),
            Self(expression: "5/25 23 * * *", times: ["2026-01-01T23:05", "2026-01-01T23:30", "2026-01-01T23:55"]),
            Self(expression: "0 8-18/5 * * *", times: ["2026-01-01T08:00", "2026-01-01T13:00", "2026-01-01T18:00"]),
            Self(expression: "0,15 1,3 * * *", times: ["2026-01-01T01:00", "2026-01-01T01:15", "2026-01-01T03:00"]),
            Self(expression: "0 1 * * 1-5", times: ["2026-01-01T01:00", "2026-01-02T01:00", "2026-01-05T01:00"]),
            Self(expression: "0 1 * * mon,Wed", times: ["2026-01-05T01:00", "2026-01-07T01:00"]),
            Self(expression: "0 1 * * 7", times: ["2026-01-04T01:00", "2026-01-11T01:00"]),
            Self(expression: "0 1 * * 5-7", times: ["2026-01-02T01:00", "2026-01-03T01:00", "2026-01-04T01:00"]),
            Self(expression: "0 1 * FEB-mar *", times: ["2026-02-01T01:00", "2026-02-02T01:00"]),
            Self(expression: "0 0 29 2 *", times: ["2028-02-29T00:00", "2032-02-29T00:00"]),
            // Both restricted: either is enough.
            Self(expression: "0 0 13 * 5", times: ["2026-01-02T00:00", "2026-01-09T00:00", "2026-01-13T00:00"]),
            // One begins with a star: both must hold.
            Self(expression: "0 0 */2 * 5", times: ["2026-01-09T00:00", "2026-01-23T00:00", "2026-02-13T00:00"]),
            Self(expression: "0 0 L * *", times: ["2026-01-31T00:00", "2026-02-28T00:00", "2026-03-31T00:00"]),
            Self(expression: "0 0 LW * *", times: ["2026-01-30T00:00", "2026-02-27T00:00", "2026-03-31T00:00"]),
            Self(expression: "0 0 * * 5L", times: ["2026-01-30T00:00", "2026-02-27T00:00", "2026-03-27T00:00"]),
            Self(expression: "0 0 * * MON#1", times: ["2026-01-05T00:00", "2026-02-02T00:00", "2026-03-02T00:00"]),
            Self(expression: "0 0 * * 4#5", times: ["2026-01-29T00:00", "2026-04-30T00:00"]),
            Self(expression: "0 0 * 2 MON#5", times: ["2044-02-29T00:00", "2072-02-29T00:00"]),
            Self(expression: "@hourly", times: ["2026-01-01T01:00", "2026-01-01T02:00"]),
            Self(expression: "@Daily", times: ["2026-01-02T00:00", "2026-01-03T00:00"]),
            Self(expression: "@weekly", times: ["2026-01-04T00:00", "2026-01-11T00:00"]),
            Self(expression: "@monthly", times: ["2026-02-01T00:00", "2026-03-01T00:00"]),
            Self(expression: "@annually", times: ["2027-01-01T00:00", "2028-01-01T00:00"]),
        ]
    }

    @Test(arguments: Example.all)
    func `name times, forwards and backwards`(_ example: Example) throws {
        let times = NominalTimes(.cron(try CronExpression(example.expression)), zone: .utc)
        let start = try #require(Date(iso8601: "2026-01-01T00:00:00Z"))
        let wanted = try example.times.map { try #require(Date(iso8601: "\($0):00Z")) }
        var found: [Date] = []
        for _ in wanted { found.append(try #require(times.first(after: found.last ?? start)).at) }
        #expect(found == wanted)
        for (earlier, later) in zip(wanted, wanted.dropFirst()) {
            #expect(times.last(upTo: later)?.at == later)
            #expect(times.last(upTo: later - 1)?.at == earlier)
        }
    }

    @Test func `are what the default says`() throws {
        #expect(try CronExpression("0 1 * * *") == .nightly)
    }

    struct Mistake: CustomTestStringConvertible {
        var expression: String
        var says: [String]
        var testDescription: String { self.expression.isEmpty ? "nothing" : String(self.expression.prefix(40)) }

        static let all: [Self] = [
            Self(expression: "", says: ["five fields", "has 0"]),
            Self(expression: "0 1 * *", says: ["five fields", "has 4"]),
            Self(expression: "0 0 1 * * *", says: ["has 6", "NCRONTAB", "leave out the first"]),
            Self(expression: "@reboot", says: ["@reboot", "catchUp"]),
            Self(expression: "@nightly", says: ["@nightly", "@daily"]),
            Self(expression: "60 1 * * *", says: ["field minute", "'60'", "0 to 59"]),
            Self(expression: "-1 1 * * *", says: ["field minute", "'-1'"]),
            Self(expression: "+1 1 * * *", says: ["field minute"]),
            Self(expression: "1.5 1 * * *", says: ["field minute"]),
            Self(expression: "٣ 1 * * *", says: ["field minute"]),
            Self(expression: "0 24 * * *", says: ["field hour", "0 to 23"]),
            Self(expression: "0 1 0 * *", says: ["field day of month", "1 to 31"]),
            Self(expression: "0 1 32 * *", says: ["field day of month"]),
            Self(expression: "0 1 ? * *", says: ["field day of month", "* in place of ?"]),
            Self(expression: "0 1 1W * *", says: ["field day of month", "LW"]),
            Self(expression: "0 1 * 13 *", says: ["field month", "JAN to DEC"]),
            Self(expression: "0 1 * january *", says: ["field month"]),
            Self(expression: "0 1 * * 8", says: ["field day of week", "0 to 7"]),
            Self(expression: "0 1 * * L", says: ["field day of week"]),
            Self(expression: "0 1 * * 5#6", says: ["field day of week", "1 to 5"]),
            Self(expression: "0 1 * * 5#", says: ["field day of week"]),
            Self(expression: "0 1 * * FRI-MON", says: ["field day of week", "upwards", "FRI-7,0-MON"]),
            Self(expression: "0 22-4 * * *", says: ["field hour", "upwards", "22-23,0-4"]),
            Self(expression: "*/0 1 * * *", says: ["field minute", "from 1 to 59"]),
            Self(expression: "*/90 * * * *", says: ["field minute", "'*/90'", "from 1 to 59"]),
            Self(expression: "0 */24 * * *", says: ["field hour", "from 1 to 23"]),
            Self(expression: "0 1 * * */7", says: ["field day of week", "from 1 to 6"]),
            Self(expression: "*/5/5 1 * * *", says: ["field minute"]),
            Self(expression: "*-5 1 * * *", says: ["field minute"]),
            Self(expression: "1-2-3 1 * * *", says: ["field minute"]),
            Self(expression: "1, 1 * * *", says: ["field minute", "comma"]),
            Self(expression: ",1 1 * * *", says: ["field minute", "comma"]),
            Self(expression: "0 1 30 2 *", says: ["never comes"]),
            Self(expression: "0 1 31 4,6,9,11 *", says: ["never comes"]),
            Self(expression: "* * */20 * 1L", says: ["never comes"]),
            Self(expression: String(repeating: "1,", count: 300) + "1 * * * *", says: ["500 bytes", "609"]),
        ]
    }

    @Test(arguments: Mistake.all)
    func `that are wrong are refused by field, rule and fix`(_ mistake: Mistake) {
        let error = #expect(throws: BackupError.self) { try CronExpression(mistake.expression) }
        #expect(error?.code == .invalidInput)
        for part in mistake.says { #expect(error?.description.contains(part) == true, "\(String(describing: error))") }
    }
}
