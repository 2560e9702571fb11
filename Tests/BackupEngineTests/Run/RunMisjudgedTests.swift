import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("A run that others would have misjudged")
struct RunMisjudgedTests {
    @Test func `taken over a day later is asked about before anybody gives up`() throws {
        var left = try RunFixture()
        left.accept()
        let nextDay = left.now + 86_400
        var run = Run(resuming: left.run.record, limits: RunLimits(), at: nextDay)
        #expect(run.nextStep(at: nextDay) == .poll(location: RunFixture.location, after: .zero))
        run.handle(.polled(ManagementAnswer(status: 404)), at: nextDay)
        #expect(run.nextStep(at: nextDay) == .look(left.name, after: .zero))
        // Past the limit, too, a blob is looked at twice.
        for second in [0.0, 60.0] {
            run.handle(
                .looked(instance: .success(false), blob: .success(RunFixture.blob(left.name))),
                at: nextDay + second
            )
            #expect(run.nextStep(at: nextDay + second) == (second == 0 ? .look(left.name, after: .seconds(60)) : .finish))
        }
        #expect(run.record.outcome == .verified)
    }

    @Test func `taken over a day later without a blob has failed, and posts no more`() throws {
        var left = try RunFixture()
        left.feed(.nameChecked(.success(.absent(date: RunFixture.night))))
        let nextDay = left.now + 86_400
        var run = Run(resuming: left.run.record, limits: RunLimits(), at: nextDay)
        run.handle(.looked(instance: .success(false), blob: .success(.absent(date: nil))), at: nextDay)
        #expect(run.record.outcome == .failed)
    }

    @Test(arguments: [200, 500, 504])
    func `is not held against the Date of an answer that came after the backup`(_ status: Int) throws {
        var fixture = try RunFixture()
        fixture.feed(
            .nameChecked(.success(.absent(date: RunFixture.night))),
            .posted(ManagementAnswer(status: status, date: RunFixture.night + 60))
        )
        let blob = RunFixture.blob(fixture.name, createdAt: RunFixture.night + 30)
        if status == 200 {
            fixture.feed(.proofSeen(.success(blob)))
        } else {
            fixture.seeIdle(for: 60, blob)
        }
        #expect(fixture.run.record.outcome == .verified)
    }

    @Test func `waits no longer than its limit for an instance that looks idle and answers busy`() throws {
        var limits = RunLimits()
        limits.busy = .seconds(300)
        var fixture = try RunFixture(limits: limits)
        for _ in 0..<100 where fixture.run.record.outcome == nil {
            fixture.feed(
                .nameChecked(.success(.absent(date: RunFixture.night))),
                .posted(ManagementAnswer(status: 409, code: "ServiceLocked", retryAfter: .zero))
            )
            guard case .awaitIdle(let pause) = fixture.step else { break }
            #expect(pause >= .seconds(10) || fixture.now.timeIntervalSince(RunFixture.night) > 290)
            fixture.feed(.instanceSeen(.success(false)), after: pause.timeInterval)
        }
        #expect(fixture.run.record.outcome == .busy)
        #expect(fixture.now.timeIntervalSince(RunFixture.night) <= 300)
        #expect(fixture.run.record.attempts.count == 1)
    }

    @Test func `does not flood Azure on a Retry-After of zero, nor sleep past its limit`() throws {
        var fixture = try RunFixture()
        fixture.accept(retryAfter: .zero)
        #expect(fixture.step == .poll(location: RunFixture.location, after: .seconds(1)))
        fixture.feed(.polled(ManagementAnswer(status: 429, retryAfter: .zero)))
        #expect(fixture.step == .poll(location: RunFixture.location, after: .seconds(1)))
        var sleepy = try RunFixture()
        sleepy.accept(retryAfter: .seconds(86_400))
        #expect(sleepy.step == .poll(location: RunFixture.location, after: .seconds(3600)))
        sleepy.feed(.polled(ManagementAnswer(status: 202, retryAfter: .seconds(3600))), after: 12 * 3600 - 5)
        #expect(sleepy.step == .poll(location: RunFixture.location, after: .seconds(5)))
    }

    @Test func `stopped after an unanswered POST does not say that nothing goes on`() throws {
        var fixture = try RunFixture()
        fixture.feed(
            .nameChecked(.success(.absent(date: RunFixture.night))),
            .postUnanswered(BackupError(.ambiguousSubmission, "dropped"))
        )
        fixture.seeIdle(for: 300)
        fixture.feed(.stoppedBeforePost)
        #expect(fixture.run.record.attempts.map(\.submission) == [.unanswered])
        #expect(fixture.run.record.error?.remedy?.contains("may still appear") == true)
    }

    @Test func `believes no blob while the instance cannot be reached, however long it stays the same`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(ManagementAnswer(status: 404)), after: 60)
        // Half written, a blob may stay the same for hours.
        for _ in 0..<20 {
            fixture.feed(
                .looked(
                    instance: .failure(BackupError(.unreachable, "no")),
                    blob: .success(RunFixture.blob(fixture.name, bytes: 512))
                ),
                after: 600
            )
        }
        #expect(fixture.run.record.outcome == nil)
        fixture.feed(.looked(instance: .success(false), blob: .success(RunFixture.blob(fixture.name))), after: 600)
        #expect(fixture.run.record.outcome == .verified)
    }

    @Test func `believes no idle instance whose state may be older than the blob`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(ManagementAnswer(status: 404)), after: 60)
        let half = RunFixture.blob(fixture.name, bytes: 512)
        // A state that lags behind looks idle; a minute later it does not.
        fixture.feed(.looked(instance: .success(false), blob: .success(half)))
        #expect(fixture.step == .look(fixture.name, after: .seconds(60)))
        fixture.feed(.looked(instance: .success(true), blob: .success(half)), after: 60)
        #expect(fixture.run.record.outcome == nil)
        fixture.feed(.looked(instance: .success(false), blob: .success(RunFixture.blob(fixture.name))), after: 60)
        #expect(fixture.run.record.outcome == .verified)
        #expect(fixture.run.record.backup?.bytes == 1000)
    }

    @Test func `begins anew to wait for an absent blob where it has not looked for a while`() throws {
        var fixture = try RunFixture()
        fixture.feed(
            .nameChecked(.success(.absent(date: RunFixture.night))),
            .postUnanswered(BackupError(.ambiguousSubmission, "dropped"))
        )
        fixture.seeIdle(for: 240)
        fixture.now += 150
        fixture.seeIdle(for: 240)
        #expect(fixture.run.record.state == .settling)
        fixture.seeIdle(for: 0)
        #expect(fixture.run.record.state == .planned)
    }

    @Test(arguments: [BackupError.Code.permissionDenied, .instanceNotFound])
    func `does not know of a blob whose operation and instance cannot be read any more`(
        _ code: BackupError.Code
    ) throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(ManagementAnswer(status: 404)), after: 60)
        let unseen = Result<Bool, BackupError>.failure(BackupError(code, "no"))
        fixture.feed(.looked(instance: unseen, blob: .success(RunFixture.blob(fixture.name))))
        fixture.feed(.looked(instance: unseen, blob: .success(RunFixture.blob(fixture.name))), after: 299)
        #expect(fixture.run.record.outcome == nil)
        fixture.feed(.looked(instance: unseen, blob: .success(RunFixture.blob(fixture.name))), after: 1)
        #expect(fixture.run.record.outcome == .unknown)
        #expect(fixture.run.record.error?.code == .notSeenToTheEnd)
        #expect(fixture.run.record.backup == nil)
    }
}
