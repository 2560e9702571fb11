import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("The history of a schedule in the catalog")
struct ScheduleBoardTests {
    @Test func `begins at the first look, and is written only when there is something to say`() async throws {
        let fixture = try await ScheduleFixture()
        #expect(try await fixture.history() == nil)
        let first = try await fixture.decide()
        #expect(first.plan.entries.isEmpty)
        #expect(first.plan.nextAt == ScheduleFixture.night)
        let written = try await fixture.blobs.properties(
            of: "v1/schedules/\(fixture.key).json",
            in: ScheduleFixture.catalogContainer
        )
        _ = try await fixture.decide()
        let later = try await fixture.blobs.properties(
            of: "v1/schedules/\(fixture.key).json",
            in: ScheduleFixture.catalogContainer
        )
        #expect(written == later)
        #expect(try await fixture.history()?.firstSeenAt == ScheduleFixture.night - 3600)
    }

    @Test func `orders each time once, however many look at once`() async throws {
        let fixture = try await ScheduleFixture()
        _ = try await fixture.decide()
        fixture.clock.set(ScheduleFixture.night)
        let runs = try await withThrowingTaskGroup(of: [Date].self) { group in
            // As many as one document is tried to be changed by.
            for _ in 0..<5 { group.addTask { try await fixture.decide().plan.runs } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(runs == [ScheduleFixture.night])
        let history = try await fixture.history()
        #expect(history?.open == [ScheduleFixture.night])
        #expect(history?.entries.count == 1)
    }

    @Test func `follows pauses`() async throws {
        let fixture = try await ScheduleFixture()
        _ = try await fixture.decide()
        try await PauseBoard(documents: fixture.documents).pause(
            fixture.id,
            SchedulePause(
                pausedAt: fixture.clock.now,
                until: ScheduleFixture.night + 3600,
                reason: "upgrade",
                by: RecordedPrincipal(credential: "someone")
            )
        )
        fixture.clock.set(ScheduleFixture.night)
        let (plan, history) = try await fixture.decide()
        #expect(plan.runs.isEmpty)
        #expect(history.entries.map(\.outcome) == [.skipped])
        #expect(history.entry(of: ScheduleFixture.night)?.reason?.code == .paused)
    }

    @Test func `goes on with a changed schedule, also where the zone of the former one is gone`() async throws {
        var fixture = try await ScheduleFixture()
        fixture.schedule.timeZone = "Europe/Atlantis"
        _ = try await fixture.decide()
        fixture.clock.set(ScheduleFixture.night + 5 * 86_400)
        fixture.schedule.timeZone = "UTC"
        let (plan, history) = try await fixture.decide()
        #expect(plan.runs == [ScheduleFixture.night + 5 * 86_400])
        #expect(history.entries.map(\.outcome) == [.run])
        #expect(history.isOf(fixture.schedule))
    }

    @Test func `of all instances is read at once`() async throws {
        let fixture = try await ScheduleFixture()
        try await fixture.orderTheNight()
        let all = try await fixture.board.all()
        #expect(all.keys.sorted() == [fixture.key])
        #expect(all[fixture.key]?.open == [ScheduleFixture.night])
    }

    @Test func `of a newer release is refused`() async throws {
        let fixture = try await ScheduleFixture()
        _ = try await fixture.blobs.write(
            Data(#"{"version": 2, "schedule": "another form"}"#.utf8),
            to: "v1/schedules/\(fixture.key).json",
            in: ScheduleFixture.catalogContainer,
            condition: .always,
            contentType: "application/json"
        )
        await #expect(throws: BackupError(.recordTooNew, "")) { try await fixture.decide() }
    }
}
