import BackupDomain
import Settings
import Testing

@Suite("Schedules in settings")
struct ScheduleSettingsTests {
    struct KnownZones: TimeZoneDatabase {
        func rules(named name: String) throws(BackupError) -> TimeZoneRules {
            guard name == "UTC" || name == "Europe/Berlin" else {
                throw BackupError(.invalidInput, "There is no time zone '\(name)'.", remedy: "Mind the capitals.")
            }
            return .utc
        }
    }

    @Test func `each night at one by UTC is what holds where nothing is said`() throws {
        let settings = try SettingsFixture.resolve().checked()
        #expect(settings.backup.schedule.schedule == Schedule())
    }

    @Test func `an instance's own entry wins, and what takes another's place leaves it behind`() throws {
        let settings = try SettingsFixture.resolve(
            body: """
                storage: {account: contosobackups}
                schedule: {cron: 30 2 * * *, timeZone: Europe/Berlin, catchUp: all, jitter: 10m}
                instances:
                  - nightly
                  - name: sixHours
                    schedule: {every: 6h}
                  - name: weekly
                    schedule: {cron: "@weekly", overlap: queue}
                """
        ).checked()
        let schedules = settings.instances.map(\.backup.schedule.schedule)
        #expect(schedules.map { "\($0.timing)" } == ["30 2 * * *", "every 6 h", "@weekly"])
        #expect(schedules.map(\.timeZone) == ["Europe/Berlin", "UTC", "Europe/Berlin"])
        #expect(schedules.allSatisfy { $0.catchUp == .all && $0.jitter == .seconds(600) })
        #expect(schedules.map(\.overlap) == [.skip, .skip, .queue])
    }

    @Test func `an expression may take the place of an interval, and variables and flags do too`() throws {
        let body = """
            storage: {account: contosobackups}
            schedule: {every: 6h}
            instances: [{name: a, schedule: {cron: 0 3 * * *}}, b]
            """
        let settings = try SettingsFixture.resolve(body: body).checked()
        #expect(settings.instances.map { "\($0.backup.schedule.schedule.timing)" } == ["0 3 * * *", "every 6 h"])
        let flags = [SettingFlag("schedule.cron", "--cron", "0 4 * * *")]
        let flagged = try SettingsFixture.resolve(
            "version: 1\n\(body)\n",
            variables: ["APIM_BACKUP_SCHEDULE_EVERY": "2h"],
            flags: flags
        ).checked()
        #expect(flagged.instances.map { "\($0.backup.schedule.schedule.timing)" } == ["0 4 * * *", "0 4 * * *"])
    }

    @Test func `a zone that is not there is told with its place, once for all who inherit it`() throws {
        let resolution = SettingsFixture.resolve(
            body: """
                storage: {account: contosobackups}
                schedule: {timeZone: Europe/Berln}
                instances:
                  - a
                  - b
                  - name: c
                    schedule: {timeZone: W. Europe Standard Time}
                  - name: d
                    schedule: {timeZone: Europe/Berlin}
                """
        )
        #expect(resolution.problems.isEmpty, "\(resolution.problems)")
        let problems = resolution.settings.zoneProblems(in: KnownZones())
        #expect(
            problems.map(\.description) == [
                "apim-backup.yaml:3:22: error: schedule.timeZone: There is no time zone 'Europe/Berln'.\n"
                    + "    Mind the capitals.",
                "apim-backup.yaml:8:26: error: instances[2].schedule.timeZone: "
                    + "There is no time zone 'W. Europe Standard Time'.\n    Mind the capitals.",
            ]
        )
    }

    @Test(arguments: [
        ("notifications", "notifications: {timeZone: Nowhere/A}"),
        ("doctor", "doctor: {daily: false, timeZone: Nowhere/A}"),
        ("drill", "drill: {timeZone: Nowhere/A}"),
        ("instances[0].drill", "instances: [{name: a, drill: {timeZone: Nowhere/A}}]"),
    ])
    func `a zone that nothing needs yet is told all the same`(_ section: String, _ body: String) {
        let resolution = SettingsFixture.resolve(body: "storage: {account: contosobackups}\n\(body)")
        #expect(resolution.isUsable, "\(resolution.problems)")
        let problems = resolution.settings.zoneProblems(in: KnownZones())
        #expect(problems.map(\.field) == ["\(section).timeZone"])
    }

    @Test(arguments: ["*/15 * * * *", "@daily"])
    func `an expression that YAML takes for something else is to stand in quotes`(_ cron: String) throws {
        let resolution = SettingsFixture.resolve(body: "schedule:\n  cron: \(cron)")
        let problem = try #require(resolution.problems.first)
        #expect("\(problem)".hasPrefix("apim-backup.yaml:3:"), "\(problem)")
        #expect("\(problem)".contains("stands without quotes"), "\(problem)")
        #expect(SettingsFixture.resolve(body: "schedule:\n  cron: \"\(cron)\"").isUsable)
    }

    @Test(arguments: [
        ("maxAge: 26h\nschedule: {cron: 0 1 * * 0}", true), ("maxAge: 8d\nschedule: {cron: 0 1 * * 0}", false),
        ("maxAge: 1h\nschedule: {every: 6h}", true), ("maxAge: 1h", false), ("schedule: {cron: 0 1 * * 0}", false),
    ])
    func `an age that the schedule cannot keep is a warning`(_ body: String, _ isWarned: Bool) {
        let resolution = SettingsFixture.resolve(
            body: "storage: {account: contosobackups}\n\(body)\ninstances: [a, b]"
        )
        #expect(resolution.problems.map(\.field) == (isWarned ? ["maxAge"] : []), "\(resolution.problems)")
        #expect(resolution.problems.allSatisfy { $0.severity == .warning && "\($0)".contains("longest interval") })
    }

    @Test func `a window that says nothing is a warning`() {
        let resolution = SettingsFixture.resolve(body: "schedule: {catchUp: none, catchUpWindow: 2d}")
        #expect(resolution.problems.map(\.field) == ["schedule.catchUpWindow"])
        #expect(resolution.isUsable)
    }
}
