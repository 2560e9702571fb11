import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("Backups that are due")
struct DueBackupsTests {
    typealias Fixture = ScheduleFixture

    static let night = ScheduleFixture.night

    /// What the history says of the night, and which times are still open.
    static func told(_ fixture: Fixture) async throws -> String {
        let history = try await fixture.history()
        let entry = history?.entry(of: Self.night)
        let reason = entry?.reason.map { "(\($0.code.rawValue))" } ?? ""
        return "\(entry?.outcome.rawValue ?? "none")\(reason)\(history?.open.isEmpty == true ? "" : " open")"
    }

    @Test(arguments: [RunOutcome.verified, .failed, .refused])
    func `run, and their record tells how it ended`(_ outcome: RunOutcome) async throws {
        let fixture = try await Fixture()
        try await fixture.orderTheNight()
        #expect(try await Self.told(fixture) == "run open")
        let asked = Fixture.Asked()
        guard case .ran(let report) = try await fixture.backups(.runs(outcome), asked: asked).make(Self.night) else {
            return #expect(Bool(false), "it did not run")
        }
        #expect(report.outcome == outcome)
        #expect(asked.times == [Self.night])
        #expect(asked.triggers == [.schedule])
        #expect(try await Self.told(fixture) == "run")
    }

    @Test func `are done where another process has made their run`() async throws {
        let fixture = try await Fixture()
        try await fixture.orderTheNight()
        _ = try await fixture.catalog.create(.sample(at: Self.night))
        guard case .ranElsewhere = try await fixture.backups().make(Self.night) else {
            return #expect(Bool(false), "it was not seen")
        }
        #expect(try await Self.told(fixture) == "run")
    }

    @Test func `are done where another process is a moment faster`() async throws {
        let fixture = try await Fixture()
        try await fixture.orderTheNight()
        guard case .ranElsewhere(let record) = try await fixture.backups(.isBeaten).make(Self.night) else {
            return #expect(Bool(false), "it was not seen")
        }
        #expect(record.outcome == .failed)
    }

    @Test func `are skipped where another run of the instance was under way`() async throws {
        let fixture = try await Fixture()
        try await fixture.orderTheNight()
        guard case .skipped(let entry) = try await fixture.backups(.watches(Self.night - 60)).make(Self.night) else {
            return #expect(Bool(false), "it was not skipped")
        }
        #expect(entry.reason?.text.contains(RunID(instance: fixture.id, nominalAt: Self.night - 60).text) == true)
        #expect(try await Self.told(fixture) == "skipped(underWay)")
    }

    @Test func `wait for another run where times queue`() async throws {
        var fixture = try await Fixture()
        fixture.schedule.overlap = .queue
        try await fixture.orderTheNight()
        let asked = Fixture.Asked()
        let backups = fixture.backups(.watches(Self.night - 60), .runs(.verified), asked: asked)
        guard case .ran = try await backups.make(Self.night) else { return #expect(Bool(false), "it did not run") }
        #expect(asked.times == [Self.night, Self.night])
        #expect(try await Self.told(fixture) == "run")
    }

    @Test func `do not wait for ever where times queue`() async throws {
        var fixture = try await Fixture()
        fixture.schedule.overlap = .queue
        try await fixture.orderTheNight()
        let others = (1...4).map { Fixture.Script.watches(Self.night - Double($0) * 60) }
        let backups = fixture.backups(others[0], others[1], others[2], others[3])
        guard case .skipped = try await backups.make(Self.night) else { return #expect(Bool(false), "it did not end") }
        #expect(try await Self.told(fixture) == "skipped(underWay)")
    }

    @Test func `try again what may pass, within a quarter of an hour`() async throws {
        let fixture = try await Fixture(sleeping: .advances)
        try await fixture.orderTheNight()
        let away = Fixture.Script.fails(BackupError(.unreachable, "Azure is away."))
        guard case .ran = try await fixture.backups(away, away, .runs(.verified)).make(Self.night) else {
            return #expect(Bool(false), "it did not run")
        }
        #expect(fixture.clock.now < Self.night + 900)
        #expect(try await Self.told(fixture) == "run")
    }

    @Test func `fail with the reason where what stands in the way does not pass`() async throws {
        let fixture = try await Fixture(sleeping: .advances)
        try await fixture.orderTheNight()
        let away = Fixture.Script.fails(BackupError(.unreachable, "Azure is away."))
        guard case .failed(let entry, let error) = try await fixture.backups(away, away, away).make(Self.night) else {
            return #expect(Bool(false), "it did not fail")
        }
        #expect(error.code == .unreachable)
        #expect(entry.reason?.text == "Azure is away.")
        #expect(try await Self.told(fixture) == "failed(notBegun)")
    }

    @Test func `fail at once where only a person can help`() async throws {
        let fixture = try await Fixture()
        try await fixture.orderTheNight()
        let denied = BackupError(.permissionDenied, "The role is missing.", remedy: "Assign it.")
        guard case .failed(let entry, _) = try await fixture.backups(.fails(denied)).make(Self.night) else {
            return #expect(Bool(false), "it did not fail")
        }
        #expect(entry.reason?.text == "The role is missing. Assign it.")
        #expect(fixture.clock.slept.isEmpty)
    }

    @Test func `that are stopped stay open, and the next one goes on with the same run`() async throws {
        let fixture = try await Fixture()
        try await fixture.orderTheNight()
        guard case .ran(let report) = try await fixture.backups(.isStopped).make(Self.night) else {
            return #expect(Bool(false), "it did not run")
        }
        #expect(report.outcome == .interrupted)
        #expect(try await Self.told(fixture) == "run open")
        let (plan, history) = try await fixture.decide()
        #expect(plan.runs.isEmpty)
        #expect(history.open == [Self.night])
    }

    @Test func `that a stop comes before are left to the next scheduler`() async throws {
        let fixture = try await Fixture()
        try await fixture.orderTheNight()
        fixture.stop.raise()
        guard case .left = try await fixture.backups(.runs(.verified)).make(Self.night) else {
            return #expect(Bool(false), "it was not left")
        }
        #expect(try await Self.told(fixture) == "run open")
    }

    @Test func `that were ordered and forgotten are missed once the window is over`() async throws {
        let fixture = try await Fixture()
        try await fixture.orderTheNight()
        fixture.clock.set(Self.night + 7 * 86_400 + 1)
        guard case .skipped(let entry) = try await fixture.backups(.runs(.verified)).make(Self.night) else {
            return #expect(Bool(false), "it ran")
        }
        #expect(entry.outcome == .missed)
        #expect(try await Self.told(fixture) == "missed(tooLate)")
    }
}
