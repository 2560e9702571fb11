import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("A run up to Azure's answer")
struct RunPostingTests {
    @Test func `looks for the name before it posts, and writes the intent in between`() throws {
        var fixture = try RunFixture()
        #expect(fixture.step == .checkName(fixture.name))
        let before = fixture.run.revision
        fixture.feed(.nameChecked(.success(.absent(date: RunFixture.night))))
        #expect(fixture.run.revision > before)
        #expect(fixture.run.record.state == .posting)
        #expect(fixture.run.record.attempts.map(\.submission) == [.intended])
        #expect(fixture.step == .post(fixture.name))
    }

    @Test func `takes the next name when one is taken, and refuses after eight`() throws {
        var fixture = try RunFixture()
        fixture.feed(.nameChecked(.success(RunFixture.blob(fixture.name))))
        #expect(fixture.step == .checkName("contoso-apim-20261124T010000Z-2.apimbackup"))
        for _ in 0..<8 { fixture.feed(.nameChecked(.success(RunFixture.blob("taken")))) }
        #expect(fixture.run.record.outcome == .refused)
        #expect(fixture.run.record.error?.code == .backupNameTaken)
    }

    @Test func `goes on without a look where the account may not be read, and refuses on any other failure`() throws {
        var blind = try RunFixture()
        blind.feed(.nameChecked(.failure(BackupError(.permissionDenied, "no"))))
        #expect(blind.step == .post(blind.name))
        #expect(blind.run.record.attempts.first?.absentAt == nil)

        var offline = try RunFixture()
        offline.feed(.nameChecked(.failure(BackupError(.hostNotFound, "no such host"))))
        #expect(offline.run.record.outcome == .refused)
        #expect(offline.run.record.error?.code == .hostNotFound)
        #expect(offline.run.record.attempts.isEmpty)
    }

    @Test(arguments: [
        RunEvent.nameChecked(.failure(BackupError(.hostNotFound, "No such host."))),
        .postFailed(BackupError(.unreachable, "Nothing answers.")),
    ])
    func `of a schedule waits for what may pass by itself, for some minutes`(_ trouble: RunEvent) throws {
        var record = try RunFixture.record()
        record.trigger = .schedule
        var fixture = try RunFixture()
        fixture.run = Run(record, limits: RunLimits())
        for seconds in [60, 240] {
            if case .postFailed = trouble { fixture.feed(.nameChecked(.success(.absent(date: nil)))) }
            fixture.feed(trouble)
            #expect(fixture.step == .awaitIdle(after: .seconds(seconds)))
            fixture.feed(.instanceSeen(.success(false)), after: Double(seconds))
            #expect(fixture.step == .checkName(fixture.name))
        }
        if case .postFailed = trouble { fixture.feed(.nameChecked(.success(.absent(date: nil)))) }
        fixture.feed(trouble)
        #expect(fixture.run.record.outcome == .refused)
        #expect(fixture.run.record.attempts.allSatisfy { $0.submission == .rejected })
    }

    @Test func `of a schedule ends at once for what a person must mend`() throws {
        var record = try RunFixture.record()
        record.trigger = .schedule
        var fixture = try RunFixture()
        fixture.run = Run(record, limits: RunLimits())
        fixture.feed(.nameChecked(.success(.absent(date: nil))), .postFailed(BackupError(.permissionDenied, "No.")))
        #expect(fixture.run.record.outcome == .refused)
    }

    @Test func `does not ask again for a name of a POST without an answer, whoever takes it over`() throws {
        var fixture = try RunFixture()
        fixture.feed(
            .nameChecked(.success(RunFixture.blob(fixture.name))),
            .nameChecked(.success(.absent(date: nil))),
            .postUnanswered(BackupError(.ambiguousSubmission, "Lost."))
        )
        #expect(fixture.run.record.attempts.map(\.backupName) == ["contoso-apim-20261124T010000Z-2.apimbackup"])
        fixture.run = Run(resuming: fixture.run.record, limits: RunLimits(), at: fixture.now)
        fixture.seeIdle(for: 600)
        #expect(fixture.step == .checkName("contoso-apim-20261124T010000Z-3.apimbackup"))
    }

    struct Answer: CustomTestStringConvertible {
        var answer: ManagementAnswer
        var state: RunState
        var outcome: RunOutcome?
        var code: BackupError.Code?
        var testDescription: String { "\(self.answer.status) \(self.answer.code ?? "")" }

        static let all: [Self] = [
            Self(answer: ManagementAnswer(status: 202, location: RunFixture.location), state: .accepted),
            Self(answer: ManagementAnswer(status: 202), state: .settling),
            Self(answer: RunFixture.done, state: .proving),
            Self(
                answer: ManagementAnswer(
                    status: 200,
                    document: .object(["properties": .object(["provisioningState": .string("Failed")])])
                ),
                state: .ended,
                outcome: .failed,
                code: .backupFailed
            ),
            Self(
                answer: ManagementAnswer(status: 400, code: "InvalidParameters"),
                state: .ended,
                outcome: .failed,
                code: .azureError
            ),
            Self(
                answer: ManagementAnswer(status: 401),
                state: .ended,
                outcome: .refused,
                code: .credentialRejected
            ),
            Self(
                answer: ManagementAnswer(status: 403, code: "AuthorizationFailed"),
                state: .ended,
                outcome: .refused,
                code: .permissionDenied
            ),
            Self(answer: ManagementAnswer(status: 404), state: .ended, outcome: .refused, code: .instanceNotFound),
            Self(
                answer: ManagementAnswer(status: 409, code: "ServiceLocked"),
                state: .ended,
                outcome: .busy,
                code: .busy
            ),
            Self(
                answer: ManagementAnswer(status: 409, code: "SomethingNew"),
                state: .ended,
                outcome: .busy,
                code: .busy
            ),
            Self(
                answer: ManagementAnswer(status: 409, code: "ScopeLocked"),
                state: .ended,
                outcome: .refused,
                code: .scopeLocked
            ),
            Self(answer: ManagementAnswer(status: 429), state: .planned),
            Self(answer: ManagementAnswer(status: 408), state: .settling),
            Self(answer: ManagementAnswer(status: 500), state: .settling),
            Self(answer: ManagementAnswer(status: 503), state: .settling),
            Self(answer: ManagementAnswer(status: 302, location: RunFixture.location), state: .settling),
        ]
    }

    @Test(arguments: Answer.all)
    func `is decided by status and code`(_ example: Answer) throws {
        var fixture = try RunFixture()
        fixture.feed(.nameChecked(.success(.absent(date: RunFixture.night))), .posted(example.answer))
        #expect(fixture.run.record.state == example.state)
        #expect(fixture.run.record.outcome == example.outcome)
        #expect(fixture.run.record.error?.code == example.code)
    }

    @Test func `waits for its turn within the limit, and posts under the same name`() throws {
        var limits = RunLimits()
        limits.busy = .seconds(1800)
        var fixture = try RunFixture(limits: limits)
        fixture.feed(
            .nameChecked(.success(.absent(date: RunFixture.night))),
            .posted(ManagementAnswer(status: 409, code: "ServiceLocked", retryAfter: .seconds(90)))
        )
        #expect(fixture.step == .awaitIdle(after: .seconds(90)))
        fixture.feed(.instanceSeen(.success(true)), after: 90)
        #expect(fixture.step == .awaitIdle(after: .seconds(60)))
        fixture.feed(.instanceSeen(.success(false)), after: 60)
        #expect(fixture.step == .checkName(fixture.name))
        fixture.feed(
            .nameChecked(.success(.absent(date: RunFixture.night))),
            .posted(ManagementAnswer(status: 409, code: "ServiceLocked"))
        )
        fixture.feed(.instanceSeen(.success(true)), after: 1800)
        #expect(fixture.run.record.outcome == .busy)
        #expect(fixture.run.record.attempts.map(\.submission) == [.rejected])
        #expect(fixture.run.record.attempts.first?.number == 2)
    }

    @Test func `never posts again while an unanswered POST may still bear fruit`() throws {
        var fixture = try RunFixture()
        fixture.feed(
            .nameChecked(.success(.absent(date: RunFixture.night))),
            .postUnanswered(BackupError(.ambiguousSubmission, "dropped"))
        )
        for _ in 0..<29 {
            guard case .look(fixture.name, _) = fixture.step else {
                Issue.record("posted or gave up too early: \(fixture.step)")
                return
            }
            fixture.feed(.looked(instance: .success(false), blob: .success(.absent(date: nil))), after: 10)
        }
        fixture.feed(.looked(instance: .success(false), blob: .success(.absent(date: nil))), after: 10)
        fixture.feed(.looked(instance: .success(false), blob: .success(.absent(date: nil))), after: 10)
        #expect(fixture.step == .checkName("contoso-apim-20261124T010000Z-2.apimbackup"))
    }

    @Test func `gives up after three unanswered POSTs, each under a name of its own`() throws {
        var fixture = try RunFixture()
        for _ in 0..<3 {
            fixture.feed(
                .nameChecked(.success(.absent(date: RunFixture.night))),
                .postUnanswered(BackupError(.ambiguousSubmission, "dropped"))
            )
            // Each name that a POST may have used is looked for.
            while fixture.run.record.state == .settling { fixture.seeIdle(for: 300) }
        }
        #expect(Set(fixture.run.record.attempts.map(\.backupName)).count == 3)
        #expect(fixture.run.record.outcome == .failed)
    }

    @Test func `ends as interrupted when stopped before the POST, and not after`() throws {
        var fixture = try RunFixture()
        fixture.feed(.stoppedBeforePost)
        #expect(fixture.run.record.outcome == .interrupted)
        var accepted = try RunFixture()
        accepted.accept()
        accepted.feed(.stoppedBeforePost)
        #expect(accepted.run.record.outcome == nil)
    }
}
