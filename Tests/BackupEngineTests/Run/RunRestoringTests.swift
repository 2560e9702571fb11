import BackupDomain
import Foundation
import Testing

@testable import BackupEngine

@Suite("A restore as a run")
struct RunRestoringTests {
    static let name = "contoso-apim-20261123T010000Z.apimbackup"
    static let lost = RunEvent.postUnanswered(BackupError(.ambiguousSubmission, "dropped"))

    static func fixture() throws -> RunFixture {
        var record = try RunFixture.record()
        let blob = BlobProperties(
            name: Self.name,
            bytes: 1000,
            etag: ETag("\"0x1\""),
            createdAt: RunFixture.night,
            modifiedAt: RunFixture.night,
            contentMD5: nil
        )
        record.restore = RecordedRestore(
            backup: RecordedBackup(
                account: "otheraccount",
                container: "other-container",
                name: Self.name,
                properties: blob,
                restorableFrom: RunFixture.night
            ),
            run: nil,
            source: record.instance,
            confirmation: RecordedRestore.Confirmation(
                name: "contoso-apim",
                at: RunFixture.night,
                by: RecordedPrincipal(credential: "azure-cli")
            )
        )
        var fixture = try RunFixture()
        fixture.run = Run(record, limits: RunLimits())
        return fixture
    }

    /// A restore that Azure has accepted.
    static func accepted() throws -> RunFixture {
        var fixture = try Self.fixture()
        #expect(fixture.step == .checkName(Self.name))
        fixture.feed(.nameChecked(.success(RunFixture.blob(Self.name))))
        #expect(fixture.step == .post(Self.name))
        #expect(fixture.run.record.state == .posting)
        fixture.feed(.posted(ManagementAnswer(status: 202, retryAfter: .seconds(60), location: RunFixture.location)))
        #expect(fixture.step == .poll(location: RunFixture.location, after: .seconds(60)))
        return fixture
    }

    @Test func `ends verified once Azure says done and the instance is seen at rest`() throws {
        var fixture = try Self.accepted()
        fixture.feed(.polled(RunFixture.done), after: 600)
        #expect(fixture.run.record.state == .proving)
        #expect(fixture.step == .look(Self.name, after: .zero))
        fixture.feed(.looked(instance: .success(true), blob: .success(.absent(date: nil))))
        #expect(fixture.run.record.outcome == nil)
        fixture.feed(.looked(instance: .success(false), blob: .success(.absent(date: nil))), after: 10)
        #expect(fixture.run.record.outcome == .verified)
        #expect(fixture.run.record.backup == nil)
        #expect(fixture.run.record.restoreCommand == nil)
        #expect(fixture.run.record.timeTaken == .seconds(610))
    }

    @Test func `ends failed with Azure's words once the instance is at rest`() throws {
        var fixture = try Self.accepted()
        let words = "Cannot restore: current SKU is 'StandardV2', backup SKU is 'Standard'"
        fixture.feed(.polled(ManagementAnswer(status: 400, code: "RestoreFailed", message: words)))
        #expect(fixture.run.record.outcome == nil)
        fixture.feed(.looked(instance: .success(false), blob: .success(.absent(date: nil))))
        #expect(fixture.run.record.outcome == .failed)
        #expect(fixture.run.record.error?.code == .restoreFailed)
        #expect(fixture.run.record.error?.azure?.message == words)
    }

    @Test(arguments: [
        (Result<BlobObservation, BackupError>.success(.absent(date: nil)), BackupError.Code.backupMissing),
        (.failure(BackupError(.unreachable, "away")), .unreachable),
        (.failure(BackupError(.permissionDenied, "no")), .permissionDenied),
    ])
    func `is refused where the backup is not to be seen any more`(
        _ seen: Result<BlobObservation, BackupError>,
        _ code: BackupError.Code
    ) throws {
        var fixture = try Self.fixture()
        fixture.feed(.nameChecked(seen))
        #expect(fixture.run.record.outcome == .refused)
        #expect(fixture.run.record.error?.code == code)
        #expect(fixture.run.record.attempts.isEmpty)
    }

    @Test func `is refused where the backup was written again since it was confirmed`() throws {
        var fixture = try Self.fixture()
        guard case .present(var blob) = RunFixture.blob(Self.name) else { return }
        blob.etag = ETag("\"0x2\"")
        fixture.feed(.nameChecked(.success(.present(blob))))
        #expect(fixture.run.record.outcome == .refused)
        #expect(fixture.run.record.error?.code == .conflict)
    }

    @Test func `is never posted a second time where the answer was lost`() throws {
        var fixture = try Self.fixture()
        fixture.feed(.nameChecked(.success(RunFixture.blob(Self.name))), Self.lost)
        fixture.seeIdle(for: 600)
        #expect(fixture.run.record.outcome == .unknown)
        #expect(fixture.run.record.attempts.count == 1)
        #expect(fixture.run.record.error?.message.contains("has been at rest since") == true)
    }

    @Test func `says that the instance was at work where the answer was lost`() throws {
        var fixture = try Self.fixture()
        fixture.feed(.nameChecked(.success(RunFixture.blob(Self.name))), Self.lost)
        fixture.feed(.looked(instance: .success(true), blob: .success(.absent(date: nil))), after: 10)
        fixture.seeIdle(for: 600)
        #expect(fixture.run.record.outcome == .unknown)
        #expect(fixture.run.record.error?.message.contains("was at work since") == true)
    }

    @Test func `ends unverified where the operation may not be read`() throws {
        var fixture = try Self.accepted()
        fixture.feed(.polled(ManagementAnswer(status: 403)))
        #expect(fixture.run.record.state == .settling)
        fixture.feed(.looked(instance: .success(true), blob: .success(.absent(date: nil))), after: 60)
        fixture.seeIdle(for: 600)
        #expect(fixture.run.record.outcome == .unverified)
        #expect(
            fixture.run.record.warnings.first?.contains("The restore was followed through the instance's state.")
                == true
        )
    }

    @Test func `is watched and not posted where it was left between the intent and the answer`() throws {
        var fixture = try Self.fixture()
        fixture.feed(.nameChecked(.success(RunFixture.blob(Self.name))))
        fixture.run = Run(resuming: fixture.run.record, limits: RunLimits(), at: fixture.now)
        #expect(fixture.run.record.state == .settling)
        #expect(fixture.step == .look(Self.name, after: .zero))
    }

    @Test func `has an id of its own in the second of a backup`() throws {
        let id = try #require(ResourceID(RunFixture.instanceID))
        let backup = RunID(instance: id, nominalAt: RunFixture.night)
        let restore = RunID(instance: id, nominalAt: RunFixture.night, kind: .restore)
        #expect(backup != restore)
        #expect(restore.nominalAt == backup.nominalAt)
    }
}
