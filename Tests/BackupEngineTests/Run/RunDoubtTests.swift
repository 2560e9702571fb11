import BackupDomain
import Foundation
import Testing

@testable import BackupEngine

@Suite("A verdict that is believed only once the instance has been seen idle")
struct RunDoubtTests {
    static let absent = Result<BlobObservation, BackupError>.success(.absent(date: nil))

    struct Example: CustomTestStringConvertible {
        var testDescription: String
        var answer: ManagementAnswer

        private static func document(_ properties: JSONValue) -> JSONValue {
            .object(["id": .string(RunFixture.instanceID), "properties": properties])
        }

        /// What says in Azure's form that the backup failed.
        static let failures: [Self] = [
            Self(
                testDescription: "200, Failed",
                answer: ManagementAnswer(
                    status: 200,
                    document: document(.object(["provisioningState": .string("Failed")]))
                )
            ),
            Self(
                testDescription: "200, Canceled",
                answer: ManagementAnswer(status: 200, document: .object(["status": .string("Canceled")]))
            ),
            Self(testDescription: "400 with a code", answer: ManagementAnswer(status: 400, code: "BackupFailed")),
            Self(testDescription: "409 with a code", answer: ManagementAnswer(status: 409, code: "Conflict")),
        ]

        /// What says nothing of the operation.
        static let oddities: [Self] = [
            Self(testDescription: "302", answer: ManagementAnswer(status: 302)),
            Self(testDescription: "400 of a proxy", answer: ManagementAnswer(status: 400)),
            Self(testDescription: "409 without a body", answer: ManagementAnswer(status: 409)),
            Self(testDescription: "200 of a portal", answer: ManagementAnswer(status: 200)),
            Self(
                testDescription: "200 with another resource",
                answer: ManagementAnswer(status: 200, document: .object(["id": .string("/subscriptions/s")]))
            ),
        ]
    }

    @Test(arguments: Example.failures)
    func `a failure is final where the instance is idle`(_ example: Example) throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(example.answer), after: 60)
        #expect(fixture.step == .look(fixture.name, after: .zero))
        #expect(fixture.run.record.outcome == nil)
        fixture.feed(.looked(instance: .success(false), blob: Self.absent))
        #expect(fixture.run.record.outcome == .failed)
        #expect(fixture.run.record.error?.code == .backupFailed)
    }

    @Test(arguments: Example.failures + Example.oddities)
    func `one answer while the instance is at work does not spoil a backup that comes`(_ example: Example) throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(example.answer), after: 60)
        #expect(fixture.step == .look(fixture.name, after: .zero))
        fixture.feed(.looked(instance: .success(true), blob: Self.absent))
        guard case .poll(RunFixture.location, let pause) = fixture.step else {
            Issue.record("it does not ask again: \(fixture.step)")
            return
        }
        #expect(pause >= .seconds(1))
        fixture.feed(.polled(ManagementAnswer(status: 202, retryAfter: .seconds(60))), after: pause.timeInterval)
        #expect(fixture.step == .poll(location: RunFixture.location, after: .seconds(60)))
        fixture.feed(.polled(RunFixture.done), .proofSeen(.success(RunFixture.blob(fixture.name))), after: 600)
        #expect(fixture.run.record.outcome == .verified)
    }

    @Test(arguments: Example.oddities)
    func `odd answers to an idle instance without a blob are believed after five minutes`(_ example: Example) throws {
        var fixture = try RunFixture()
        fixture.accept()
        for _ in 0..<4 {
            fixture.feed(
                .polled(example.answer),
                .looked(instance: .success(false), blob: Self.absent),
                after: 99
            )
            #expect(fixture.run.record.outcome == nil)
        }
        fixture.feed(.polled(example.answer), .looked(instance: .success(false), blob: Self.absent), after: 3)
        #expect(fixture.run.record.outcome == .failed)
        #expect(fixture.run.record.error?.code == .backupMissing)
        #expect(fixture.run.record.error?.azure?.status == example.answer.status)
    }

    @Test(arguments: Example.oddities)
    func `odd answers do not hide a blob that stays the same`(_ example: Example) throws {
        var fixture = try RunFixture()
        fixture.accept()
        let blob = Result<BlobObservation, BackupError>.success(RunFixture.blob(fixture.name))
        fixture.feed(.polled(example.answer), .looked(instance: .success(false), blob: blob), after: 600)
        #expect(fixture.run.record.outcome == nil)
        fixture.feed(.polled(example.answer), .looked(instance: .success(false), blob: blob), after: 300)
        #expect(fixture.run.record.outcome == .verified)
        #expect(fixture.run.record.warnings.contains { $0.contains("not Azure's") })
    }

    @Test func `a failure waits for an instance that cannot be reached, and not for one that is hidden`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(ManagementAnswer(status: 400, code: "BackupFailed")), after: 60)
        fixture.feed(.looked(instance: .failure(BackupError(.unreachable, "no")), blob: Self.absent))
        #expect(fixture.step == .look(fixture.name, after: .seconds(10)))
        #expect(fixture.run.record.outcome == nil)
        fixture.feed(.looked(instance: .failure(BackupError(.permissionDenied, "no")), blob: Self.absent), after: 10)
        #expect(fixture.run.record.error?.code == .backupFailed)
    }

    @Test func `done without a blob while the instance is at work is followed on`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        fixture.feed(.polled(RunFixture.done), .proofSeen(Self.absent), after: 60)
        fixture.feed(.proofSeen(Self.absent), after: 30)
        #expect(fixture.step == .look(fixture.name, after: .zero))
        fixture.feed(.looked(instance: .success(true), blob: Self.absent))
        #expect(fixture.run.record.state == .settling)
        fixture.seeIdle(for: 60, RunFixture.blob(fixture.name))
        #expect(fixture.run.record.outcome == .verified)
    }

    @Test func `an empty blob while the instance is at work is being written`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        let empty = Result<BlobObservation, BackupError>.success(RunFixture.blob(fixture.name, bytes: 0))
        fixture.feed(.polled(RunFixture.done), .proofSeen(empty), .looked(instance: .success(true), blob: empty))
        #expect(fixture.run.record.state == .settling)
        fixture.seeIdle(for: 60, RunFixture.blob(fixture.name))
        #expect(fixture.run.record.outcome == .verified)
    }

    @Test(arguments: [BackupError.Code.storageAccountNotFound, .noCredential, .hostNotFound, .unreachable])
    func `a hiccup at the proof is waited out for half a minute`(_ code: BackupError.Code) throws {
        var fixture = try RunFixture()
        fixture.accept()
        let hiccup = Result<BlobObservation, BackupError>.failure(BackupError(code, "no"))
        fixture.feed(.polled(RunFixture.done), .proofSeen(hiccup), after: 60)
        #expect(fixture.run.record.outcome == nil)
        var recovered = fixture
        recovered.feed(.proofSeen(.success(RunFixture.blob(fixture.name))), after: 29)
        #expect(recovered.run.record.outcome == .verified)
        fixture.feed(.proofSeen(hiccup), after: 30)
        #expect(fixture.run.record.outcome == .unverified)
    }

    @Test func `another access is recorded with the POST that uses it, and not before`() throws {
        var left = try RunFixture()
        left.feed(.nameChecked(.success(.absent(date: RunFixture.night))))
        var taken = left
        taken.run = Run(resuming: left.run.record, limits: RunLimits(), at: left.now)
        taken.run.repost(
            with: .userAssignedManagedIdentity(clientID: "c"),
            apiVersion: "2025-01-01",
            service: .object([:])
        )
        var posted = taken
        posted.seeIdle(for: 60, RunFixture.blob(left.name))
        #expect(posted.run.record.outcome == .verified)
        #expect(posted.run.record.access.type == "SystemAssignedManagedIdentity")
        #expect(posted.run.record.restoreCommand?.contains("SystemAssignedManagedIdentity") == true)
        taken.seeIdle(for: 300)
        #expect(taken.run.record.access.type == "SystemAssignedManagedIdentity")
        taken.feed(.nameChecked(.success(.absent(date: RunFixture.night))))
        #expect(taken.run.record.access.type == "UserAssignedManagedIdentity")
        #expect(taken.run.record.azureAPIVersion == "2025-01-01")
    }
}
