import EmulatorExpressions
import EmulatorRuntime
import Foundation
import Testing

@testable import EmulatorWorkflows

@Suite("Recurrences")
struct RecurrenceTests {
    struct Timetable: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var json: JSON
        var after: String
        var times: [String]
        var active = "2026-01-01T00:00:00Z"
    }

    static let timetables = [
        Timetable(
            testDescription: "each night at one",
            json: [
                "frequency": "Day", "interval": 1, "timeZone": "UTC", "startTime": "2026-11-24T00:00:00",
                "schedule": ["hours": [1], "minutes": [0]],
            ],
            after: "2026-11-23T12:00:00Z",
            times: ["2026-11-24T01:00:00Z", "2026-11-25T01:00:00Z", "2026-11-26T01:00:00Z"]
        ),
        Timetable(
            testDescription: "across the end of summer time",
            json: [
                "frequency": "Day", "timeZone": "W. Europe Standard Time", "startTime": "2026-10-01T00:00:00",
                "schedule": ["hours": ["1"], "minutes": [30]],
            ],
            after: "2026-10-23T12:00:00Z",
            times: ["2026-10-23T23:30:00Z", "2026-10-24T23:30:00Z", "2026-10-26T00:30:00Z"]
        ),
        Timetable(
            testDescription: "in the hour that spring skips",
            json: [
                "frequency": "Day", "timeZone": "W. Europe Standard Time", "startTime": "2026-03-01T00:00:00",
                "schedule": ["hours": [2], "minutes": [30]],
            ],
            after: "2026-03-28T00:00:00Z",
            times: ["2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"]
        ),
        Timetable(
            testDescription: "in the hour that autumn repeats",
            json: [
                "frequency": "Day", "timeZone": "W. Europe Standard Time", "startTime": "2026-10-01T00:00:00",
                "schedule": ["hours": [2], "minutes": [30]],
            ],
            after: "2026-10-24T12:00:00Z",
            times: ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]
        ),
        Timetable(
            testDescription: "several times on some days of the week",
            json: [
                "frequency": "Week", "startTime": "2026-11-23T00:00:00Z",
                "schedule": ["hours": [8, 20], "minutes": [0], "weekDays": ["Monday", "Thursday"]],
            ],
            after: "2026-11-23T08:00:00Z",
            times: ["2026-11-23T20:00:00Z", "2026-11-26T08:00:00Z", "2026-11-26T20:00:00Z", "2026-11-30T08:00:00Z"]
        ),
        Timetable(
            testDescription: "each second week",
            json: [
                "frequency": "Week", "interval": 2, "startTime": "2026-11-23T04:00:00Z",
                "schedule": ["weekDays": ["Sunday", "Monday"]],
            ],
            after: "2026-11-23T05:00:00Z",
            times: ["2026-12-06T04:00:00Z", "2026-12-07T04:00:00Z"]
        ),
        Timetable(
            testDescription: "on the last day of long months",
            json: ["frequency": "Month", "startTime": "2026-10-31T03:15:20Z"],
            after: "2026-11-01T00:00:00Z",
            times: ["2026-12-31T03:15:20Z", "2027-01-31T03:15:20Z", "2027-03-31T03:15:20Z"]
        ),
        Timetable(
            testDescription: "at once, and then in steps, without a start",
            json: ["frequency": "Hour", "interval": 6],
            after: "2026-10-31T00:00:00Z",
            times: ["2026-11-01T00:00:00Z", "2026-11-01T06:00:00Z"],
            active: "2026-11-01T00:00:00Z"
        ),
        Timetable(
            testDescription: "in steps from a start that is past",
            json: ["frequency": "Minute", "interval": 7, "startTime": "2026-11-24T01:00:00Z"],
            after: "2026-11-24T01:10:00Z",
            times: ["2026-11-24T01:14:00Z", "2026-11-24T01:21:00Z"]
        ),
        Timetable(
            testDescription: "until its end",
            json: ["frequency": "Day", "startTime": "2026-11-24T01:00:00Z", "endTime": "2026-11-25T01:00:00Z"],
            after: "2026-11-24T01:00:00Z",
            times: ["2026-11-25T01:00:00Z", "none"]
        ),
    ]

    @Test(arguments: timetables)
    func `fire when they say`(_ timetable: Timetable) throws {
        let recurrence = try Recurrence.read(timetable.json, of: "t")
        let active = try #require(Timestamp(timetable.active)).date
        var instant = try #require(Timestamp(timetable.after)).date
        for time in timetable.times {
            let next = recurrence.next(after: instant, activeSince: active)
            #expect(next.map { CalendarInstant($0).brief } ?? "none" == time)
            instant = next ?? instant
        }
    }

    @Test(
        arguments: [
            ["frequency": "Fortnight"], ["frequency": "Day", "interval": 0], ["frequency": "Day", "interval": 501],
            ["frequency": "Day", "timeZone": "Europe/Berlin"], ["frequency": "Day", "startTime": "tomorrow"],
            ["frequency": "Day", "schedule": ["hours": [24]]], ["frequency": "Hour", "schedule": ["minutes": [1]]],
            ["frequency": "Week", "schedule": ["weekDays": ["Caturday"]]],
        ] as [JSON]
    )
    func `are refused where they name no time`(_ json: JSON) {
        let mistake = #expect(throws: WorkflowMistake.self) { try Recurrence.read(json, of: "nightly") }
        #expect(mistake?.message.contains("'nightly' has an invalid value") == true)
    }

    @Test func `know each zone of Windows`() {
        for name in ["UTC", "utc", "GMT Standard Time", "Eastern Standard Time", "India Standard Time"] {
            #expect(LocalZone(windowsName: name) != nil, "\(name)")
        }
        #expect(LocalZone(windowsName: "Europe/Berlin") == nil)
    }
}
