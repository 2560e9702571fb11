import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("A run from acceptance to its end")
struct RunFollowingTests {
    @Test func `polls at Azure's pace, and at its own where Azure names none`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        #expect(fixture.step == .poll(location: RunFixture.location, after: .seconds(60)))
        fixture.feed(.polled(ManagementAnswer(status: 202, retryAfter: .seconds(17))), after: 60)
        #expect(fixture.step == .poll(location: RunFixture.location, after: .seconds(17)))
        fixture.feed(.polled(ManagementAnswer(status: 202)), after: 17)
        #expect(fixture.step == .poll(location: RunFixture.location, after: .seconds(30)))
        fixture.feed(.polled(ManagementAnswer(status: 202, retryAfter: .seconds(999_999))), after: 30)
        #expect(fixture.step == .poll(location: RunFixture.location, after: .seconds(3600)))
    }

    @Test func `follows for twelve hours and then says that it does not know`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(ManagementAnswer(status: 202, retryAfter: .seconds(60))), after: 12 * 3600 - 1)
        guard case .poll = fixture.step else {
            Issue.record("gave up early: \(fixture.step)")
            return
        }
        fixture.now += 1
        #expect(fixture.step == .giveUp)
        fixture.feed(.limitReached)
        #expect(fixture.step == .look(fixture.name, after: .zero))
        fixture.feed(.looked(instance: .success(true), blob: .success(.absent(date: nil))))
        #expect(fixture.step == .giveUp)
        fixture.feed(.limitReached)
        #expect(fixture.run.record.outcome == .unknown)
        #expect(fixture.run.record.error?.code == .notSeenToTheEnd)
        #expect(fixture.run.record.error?.message.hasPrefix("Azure accepted the backup") == true)
        #expect(fixture.run.record.backup == nil)
    }

    struct Poll: CustomTestStringConvertible {
        var answer: ManagementAnswer
        var state: RunState
        var testDescription: String { "\(self.answer.status) \(self.answer.code ?? "")" }

        static let all: [Self] = [
            Self(answer: ManagementAnswer(status: 202), state: .accepted),
            Self(answer: RunFixture.done, state: .proving),
            Self(answer: ManagementAnswer(status: 204), state: .proving),
            Self(answer: ManagementAnswer(status: 200), state: .accepted),
            Self(answer: ManagementAnswer(status: 200, document: .object(["id": .string("/x")])), state: .accepted),
            Self(answer: ManagementAnswer(status: 302), state: .accepted),
            Self(answer: ManagementAnswer(status: 400), state: .accepted),
            Self(answer: ManagementAnswer(status: 409), state: .accepted),
            Self(
                answer: ManagementAnswer(status: 400, code: "InvalidApiVersionParameter", message: "no"),
                state: .settling
            ),
            Self(answer: ManagementAnswer(status: 401), state: .accepted),
            Self(answer: ManagementAnswer(status: 403), state: .settling),
            Self(answer: ManagementAnswer(status: 404), state: .settling),
            Self(answer: ManagementAnswer(status: 429), state: .accepted),
            Self(answer: ManagementAnswer(status: 500), state: .accepted),
            Self(answer: ManagementAnswer(status: 503), state: .accepted),
        ]
    }

    @Test(arguments: Poll.all)
    func `takes each answer to a poll for what it is`(_ poll: Poll) throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(poll.answer), after: 60)
        #expect(fixture.run.record.state == poll.state)
        #expect(fixture.run.record.outcome == nil)
    }

    @Test func `survives hours of failing polls, and gives up on a lost credential after half an hour`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        for _ in 0..<200 { fixture.feed(.pollUnanswered(BackupError(.unreachable, "reset")), after: 60) }
        #expect(fixture.run.record.state == .accepted)
        fixture.feed(.pollUnanswered(BackupError(.noCredential, "gone")), after: 60)
        fixture.feed(.pollUnanswered(BackupError(.noCredential, "gone")), after: 1799)
        #expect(fixture.run.record.outcome == nil)
        fixture.feed(.pollUnanswered(BackupError(.noCredential, "gone")), after: 1)
        #expect(fixture.run.record.outcome == .unknown)
    }

    @Test(
        arguments: [
            (#"{"properties":{"provisioningState":"Failed"}}"#, nil, "in the state 'Failed'", "Activity Log"),
            (nil, "The specified container does not exist.", "and it failed", "deleted the container apim-backups"),
            (nil, "Access denied.", "and it failed", "Storage Blob Data Contributor"),
        ] as [(String?, String?, String, String)]
    )
    func `says what Azure said of a failed backup, and what that asks for`(
        _ document: String?,
        _ message: String?,
        _ says: String,
        _ remedy: String
    ) throws {
        var fixture = try RunFixture()
        fixture.accept()
        let status = document == nil ? 400 : 200
        fixture.feed(
            .polled(
                ManagementAnswer(
                    status: status,
                    code: message == nil ? nil : "BackupFailed",
                    message: message,
                    document: try document.map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
                )
            ),
            .looked(instance: .success(false), blob: .success(.absent(date: nil)))
        )
        let error = try #require(fixture.run.record.error)
        #expect(fixture.run.record.outcome == .failed)
        #expect(error.message.contains(says))
        #expect(error.remedy?.contains(remedy) == true)
    }

    @Test func `is unknown at once where the operation's URL leads elsewhere`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.pollUnanswered(BackupError(.foreignLocation, "elsewhere")))
        #expect(fixture.run.record.outcome == .unknown)
        #expect(fixture.run.record.error?.code == .foreignLocation)
    }

    @Test func `verifies by state and blob where the operation may not be read, and names the missing right`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(ManagementAnswer(status: 403)), after: 60)
        fixture.feed(.looked(instance: .success(true), blob: .success(.absent(date: nil))), after: 10)
        fixture.feed(.looked(instance: .success(true), blob: .success(RunFixture.blob(fixture.name))), after: 10)
        #expect(fixture.run.record.state == .settling)
        fixture.seeIdle(for: 60, RunFixture.blob(fixture.name))
        #expect(fixture.run.record.outcome == .verified)
        #expect(fixture.run.record.warnings.contains { $0.contains("operationresults/read") })
    }

    @Test func `fails where the instance is idle, Azure had accepted, and no blob comes`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(ManagementAnswer(status: 404)), after: 60)
        fixture.seeIdle(for: 240)
        fixture.feed(.looked(instance: .success(true), blob: .success(.absent(date: nil))), after: 60)
        fixture.seeIdle(for: 240)
        #expect(fixture.run.record.state == .settling)
        fixture.seeIdle(for: 0)
        #expect(fixture.run.record.outcome == .failed)
        #expect(fixture.run.record.error?.code == .backupMissing)
    }

    @Test func `is unknown where neither the operation nor the blob can be read`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(ManagementAnswer(status: 403)), after: 60)
        let hidden = Result<BlobObservation, BackupError>.failure(BackupError(.permissionDenied, "no"))
        for _ in 0..<6 { fixture.feed(.looked(instance: .success(false), blob: hidden), after: 60) }
        #expect(fixture.run.record.outcome == .unknown)
    }

    struct Proof: CustomTestStringConvertible {
        var testDescription: String
        var bytes = 1000
        var createdAfter: TimeInterval = 600
        var outcome: RunOutcome

        static let all: [Self] = [
            Self(testDescription: "there and new", outcome: .verified),
            Self(testDescription: "created in the second of the answer", createdAfter: 0, outcome: .verified),
            Self(testDescription: "empty", bytes: 0, outcome: .failed),
            Self(testDescription: "older than the answer", createdAfter: -1, outcome: .failed),
        ]
    }

    @Test(arguments: Proof.all)
    func `believes only a blob that is there, not empty and not older`(_ proof: Proof) throws {
        var fixture = try RunFixture()
        fixture.accept()
        let blob = RunFixture.blob(
            fixture.name,
            bytes: proof.bytes,
            createdAt: RunFixture.night + proof.createdAfter
        )
        fixture.feed(.polled(RunFixture.done), .proofSeen(.success(blob)), after: 60)
        if proof.outcome == .failed { fixture.feed(.looked(instance: .success(false), blob: .success(blob))) }
        #expect(fixture.run.record.outcome == proof.outcome)
        #expect((fixture.run.record.backup != nil) == (proof.outcome == .verified))
    }

    @Test func `says failed where Azure says done and no blob is there, after half a minute's patience`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(RunFixture.done), after: 60)
        fixture.feed(.proofSeen(.success(.absent(date: nil))))
        fixture.feed(.proofSeen(.success(.absent(date: nil))), after: 29)
        #expect(fixture.run.record.state == .proving)
        fixture.feed(.proofSeen(.success(.absent(date: nil))), after: 1)
        #expect(fixture.step == .look(fixture.name, after: .zero))
        fixture.feed(.looked(instance: .success(false), blob: .success(.absent(date: nil))))
        #expect(fixture.run.record.outcome == .failed)
        #expect(fixture.run.record.error?.code == .backupMissing)
    }

    @Test func `is unverified at once where the blob may not be read`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(
            .polled(RunFixture.done),
            .proofSeen(.failure(BackupError(.permissionDenied, "no"))),
            after: 60
        )
        #expect(fixture.run.record.outcome == .unverified)
        #expect(fixture.run.record.backup?.name == fixture.name)
        #expect(fixture.run.record.backup?.bytes == nil)
        #expect(fixture.run.record.backup?.restorableUntil == nil)
    }

    @Test func `records what restores the backup, and until when`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(
            .polled(RunFixture.done),
            .proofSeen(.success(RunFixture.blob(fixture.name))),
            after: 600
        )
        let record = fixture.run.record
        #expect(record.backup?.restorableUntil == RunFixture.night + 600 + 30 * 86_400)
        #expect(
            record.restoreCommand
                == "az rest --method post --url '\(RunFixture.instanceID)/restore?api-version=2024-05-01' --body "
                + #"'{"storageAccount":"contosobackups","containerName":"apim-backups","#
                + #""backupName":"contoso-apim-20261124T010000Z.apimbackup","#
                + #""accessType":"SystemAssignedManagedIdentity"}'"#
        )
    }
}
