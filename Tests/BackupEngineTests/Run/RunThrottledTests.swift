import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("A run that Azure throttles")
struct RunThrottledTests {
    static let absent = RunEvent.nameChecked(.success(.absent(date: RunFixture.night)))

    static func throttled(_ seconds: Int?) -> RunEvent {
        .posted(ManagementAnswer(status: 429, code: "TooManyRequests", retryAfter: seconds.map { .seconds($0) }))
    }

    /// How long the run waits before it looks whether it is its turn.
    static func pause(_ step: RunStep) throws -> Duration {
        guard case .awaitIdle(let pause) = step else {
            throw BackupError(.azureError, "The run does not wait: \(step)")
        }
        return pause
    }

    @Test func `waits as long as Azure asks, and posts under the same name`() throws {
        var fixture = try RunFixture()
        fixture.feed(Self.absent, Self.throttled(180))
        let pause = try Self.pause(fixture.step)
        #expect(pause >= .seconds(180) && pause <= .seconds(198))
        #expect(fixture.run.record.attempts.map(\.submission) == [.rejected])
        #expect(fixture.run.record.history.last?.detail?.contains("throttles") == true)
        fixture.feed(.instanceSeen(.success(false)), after: pause.timeInterval)
        #expect(fixture.step == .checkName(fixture.name))
        fixture.feed(Self.absent)
        #expect(fixture.step == .post(fixture.name))
        #expect(fixture.run.record.attempts.count == 1)
        fixture.accept()
        #expect(fixture.run.record.state == .accepted)
    }

    /// The last one was not even sent: Azure has turned another call of the process away.
    @Test(
        arguments: [nil, 0, 60, 600].map(Self.throttled) + [
            .postFailed(BackupError(.throttled, "The next call may be made in 10 min."))
        ]
    )
    func `goes on for an hour, never more often than twice a minute, and then names the limit`(
        _ throttled: RunEvent
    ) throws {
        var fixture = try RunFixture()
        var posts = 0
        while fixture.run.record.outcome == nil {
            fixture.feed(Self.absent, throttled)
            posts += 1
            guard fixture.run.record.outcome == nil else { break }
            let pause = try Self.pause(fixture.step)
            #expect(pause >= .seconds(30))
            fixture.feed(.instanceSeen(.success(false)), after: pause.timeInterval)
        }
        #expect(posts > 5)
        #expect(fixture.run.record.outcome == .refused)
        #expect(fixture.run.record.error?.code == .throttled)
        #expect(fixture.run.record.error?.message.contains("1 h") == true)
        #expect(fixture.now.timeIntervalSince(RunFixture.night) <= 3600)
        #expect(fixture.now.timeIntervalSince(RunFixture.night) > 2400)
    }

    @Test func `is refused at once where Azure asks for more than the limit, and says how much`() throws {
        var fixture = try RunFixture()
        fixture.feed(Self.absent, Self.throttled(7200))
        #expect(fixture.run.record.outcome == .refused)
        #expect(fixture.run.record.error?.message.contains("asks to wait 2 h more") == true)
    }

    @Test func `can be stopped while it waits, and then nothing was posted`() throws {
        var fixture = try RunFixture()
        fixture.feed(Self.absent, Self.throttled(600), .stoppedBeforePost)
        #expect(fixture.run.record.outcome == .interrupted)
        #expect(fixture.run.record.error?.remedy == "Nothing goes on in Azure.")
    }

    @Test func `polls that get no answer spread, each run in its own way and the same way again`() throws {
        var pauses: [Duration] = []
        for _ in 0..<2 {
            var fixture = try RunFixture()
            fixture.accept()
            fixture.feed(.polled(ManagementAnswer(status: 503)), .polled(ManagementAnswer(status: 503)))
            guard case .poll(_, let pause) = fixture.step else { continue }
            pauses.append(pause)
        }
        #expect(pauses.count == 2 && Set(pauses).count == 1)
        #expect(pauses[0] >= .seconds(5) && pauses[0] < .seconds(10))
    }
}
