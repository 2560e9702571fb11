import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("A POST without an answer")
struct RunUnansweredTests {
    static let lost = RunEvent.postUnanswered(BackupError(.ambiguousSubmission, "dropped"))
    static let free = RunEvent.nameChecked(.success(.absent(date: RunFixture.night)))
    static let busy = RunEvent.posted(
        ManagementAnswer(status: 409, code: "ServiceLocked", document: .null)
    )

    /// A run whose first POST lost its answer, whose instance never looks busy, and whose second POST was turned away.
    static func turnedAway() throws -> RunFixture {
        var fixture = try RunFixture()
        fixture.feed(Self.free, Self.lost)
        fixture.seeIdle(for: 300)
        #expect(fixture.run.record.state == .planned)
        fixture.feed(Self.free, Self.busy)
        return fixture
    }

    @Test func `whose backup nothing tells of within the limit is not called accepted`() throws {
        var fixture = try RunFixture()
        fixture.feed(Self.free, Self.lost)
        fixture.feed(.looked(instance: .success(true), blob: .success(.absent(date: nil))), after: 12 * 3600)
        #expect(fixture.step == .giveUp)
        fixture.feed(.limitReached)
        #expect(fixture.run.record.outcome == .unknown)
        let message = fixture.run.record.error?.message ?? ""
        #expect(
            message.hasPrefix("Whether Azure accepted the backup") && message.hasSuffix("within 12 h."),
            "\(message)"
        )
    }

    @Test func `is gone back to when Azure then says that the instance is held`() throws {
        var fixture = try Self.turnedAway()
        #expect(fixture.run.record.outcome == nil)
        #expect(fixture.run.record.state == .settling)
        #expect(fixture.step == .look(fixture.name, after: .zero))
        #expect(fixture.run.record.attempts.map(\.submission) == [.rejected, .unanswered])
        #expect(fixture.run.record.attempts.map(\.number) == [2, 1])
        #expect(fixture.run.record.attempts.first?.fault?.code == "ServiceLocked")
        // The state does not tell whether the blob is whole: it must stay the same for five minutes.
        let blob = RunFixture.blob(fixture.name)
        fixture.seeIdle(for: 300, blob)
        #expect(fixture.run.record.outcome == nil)
        fixture.seeIdle(for: 120, blob)
        #expect(fixture.run.record.outcome == .verified)
        #expect(fixture.run.record.backup?.name == fixture.name)
        #expect(fixture.run.record.warnings.count == 1)
    }

    @Test func `is watched for longer each time, and another POST asks anew`() throws {
        var fixture = try Self.turnedAway()
        fixture.seeIdle(for: 540)
        #expect(fixture.run.record.state == .settling)
        fixture.seeIdle(for: 120)
        #expect(fixture.run.record.state == .planned)
        #expect(fixture.step == .checkName("contoso-apim-20261124T010000Z-2.apimbackup"))
        fixture.feed(Self.free, Self.busy)
        #expect(fixture.run.record.attempts.map(\.submission) == [.rejected, .unanswered])
        fixture.seeIdle(for: 840)
        #expect(fixture.run.record.state == .settling)
        fixture.seeIdle(for: 120)
        #expect(fixture.run.record.state == .planned)
        // What held it was somebody else's: now it is our turn.
        fixture.accept()
        #expect(fixture.run.record.state == .accepted)
        #expect(fixture.run.record.attempts.last?.backupName == "contoso-apim-20261124T010000Z-2.apimbackup")
        #expect(fixture.run.record.attempts.map(\.number) == [1, 4])
    }

    @Test func `trusts the state again once it has shown the instance at work`() throws {
        var fixture = try Self.turnedAway()
        fixture.feed(.looked(instance: .success(true), blob: .success(.absent(date: nil))), after: 60)
        for _ in 0..<2 {
            fixture.feed(.looked(instance: .success(false), blob: .success(RunFixture.blob(fixture.name))), after: 60)
        }
        #expect(fixture.run.record.outcome == .verified)
    }

    @Test func `is given up with the others after twelve hours, not before`() throws {
        var fixture = try Self.turnedAway()
        while fixture.now < RunFixture.night + 12 * 3600 - 600 {
            fixture.seeIdle(for: 60)
            if fixture.step == .checkName("contoso-apim-20261124T010000Z-2.apimbackup") {
                fixture.feed(Self.free, Self.busy)
            }
            #expect(fixture.run.record.outcome == nil)
        }
        // Each cycle is longer: a record does not grow with every five minutes.
        #expect(fixture.run.record.history.count < 60)
        fixture.now += 3600
        while fixture.run.record.outcome == nil {
            fixture.feed(
                fixture.step == .giveUp
                    ? .limitReached : .looked(instance: .success(false), blob: .success(.absent(date: nil))),
                after: 60
            )
        }
        #expect([.failed, .unknown].contains(fixture.run.record.outcome))
    }

    @Test func `is looked for by every name before another POST is made`() throws {
        var fixture = try RunFixture()
        fixture.feed(Self.free, Self.lost)
        fixture.seeIdle(for: 300)
        let second = "contoso-apim-20261124T010000Z-2.apimbackup"
        fixture.feed(Self.free, Self.lost)
        #expect(fixture.step == .look(second, after: .zero))
        fixture.seeIdle(for: 300)
        #expect(fixture.run.record.state == .settling)
        #expect(fixture.step == .look(fixture.name, after: .zero))
        for _ in 0..<2 {
            fixture.feed(.looked(instance: .success(false), blob: .success(RunFixture.blob(fixture.name))), after: 60)
        }
        #expect(fixture.run.record.outcome == .verified)
        #expect(fixture.run.record.backup?.name == fixture.name)
        #expect(fixture.run.record.attempts.last?.backupName == fixture.name)
    }

    @Test func `that was throttled in between is gone back to as well`() throws {
        var fixture = try RunFixture()
        fixture.feed(Self.free, Self.lost)
        fixture.seeIdle(for: 300)
        fixture.feed(Self.free, .posted(ManagementAnswer(status: 429, retryAfter: .seconds(60))))
        #expect(fixture.run.record.state == .planned)
        fixture.feed(.instanceSeen(.success(true)), after: 60)
        #expect(fixture.run.record.state == .settling)
        #expect(fixture.step == .look(fixture.name, after: .zero))
    }
}
