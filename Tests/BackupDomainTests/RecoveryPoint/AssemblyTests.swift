import BackupDomain
import FoundationEssentials
import Testing

@Suite("Records and blobs become recovery points")
struct AssemblyTests {
    static let now = PointFixture.now

    /// The record of a run of last night, with the names of its POSTs.
    static func record(
        _ names: [String],
        submission: RunAttempt.Submission = .accepted,
        outcome: RunOutcome?,
        backup: String? = nil
    ) throws -> RunRecord {
        let id = try #require(
            ResourceID("/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso-apim")
        )
        let instance = Instance(
            id: id,
            location: "West Europe",
            tier: Tier("Developer"),
            units: 1,
            provisioningState: "Succeeded",
            identity: InstanceIdentity(),
            minimumAPIVersion: nil,
            document: .null
        )
        var record = RunRecord(
            run: RunID(instance: id, nominalAt: Self.now),
            instance: RecordedInstance(instance),
            nominalAt: Self.now,
            trigger: .manual,
            storage: RecordedStorage(
                account: "a",
                blobEndpoint: "https://a",
                container: PointFixture.container,
                catalogContainer: "catalog"
            ),
            access: RecordedAccess(.systemAssignedManagedIdentity),
            azureAPIVersion: "2024-05-01",
            backupNameTemplate: BackupNameTemplate.standard.text,
            plannedAt: Self.now,
            service: .null,
            program: "test"
        )
        record.outcome = outcome
        record.state = outcome == nil ? .accepted : .ended
        record.attempts = names.enumerated().map { index, name in
            var attempt = RunAttempt(number: index + 1, backupName: name, intendedAt: Self.now, absentAt: Self.now)
            attempt.submission = submission
            return attempt
        }
        if let backup {
            record.backup = RecordedBackup(
                account: "a",
                container: PointFixture.container,
                name: backup,
                properties: PointFixture.blob(backup, Self.now + 600),
                restorableFrom: Self.now + 600
            )
        }
        return record
    }

    static func points(
        _ records: [RunRecord],
        _ blobs: [BlobProperties],
        documents: RecoveryPoint.Documents = RecoveryPoint.Documents()
    ) throws -> [RecoveryPoint] {
        let key = try #require(records.first).instanceKey
        return RecoveryPoint.assemble(
            of: key,
            in: PointFixture.container,
            records: records,
            blobs: Dictionary(uniqueKeysWithValues: blobs.map { ($0.name, $0) }),
            among: [key],
            documents: documents
        )
    }

    @Test func `a verified run's blob is proven, and its absence is seen`() throws {
        let record = try Self.record(["a"], outcome: .verified, backup: "a")
        let there = try Self.points([record], [PointFixture.blob("a", Self.now + 600)])
        #expect(there.map(\.condition) == [.proven])
        #expect(there.first?.restorableUntil == Self.now + 600 + 30 * 86_400)
        #expect(try Self.points([record], []).map(\.condition) == [.vanished])
    }

    @Test func `what an earlier POST of a run wrote late is the run's, and unproven`() throws {
        let record = try Self.record(["a", "a-2"], outcome: .verified, backup: "a-2")
        let blobs = [PointFixture.blob("a", Self.now + 700), PointFixture.blob("a-2", Self.now + 600)]
        let points = try Self.points([record], blobs)
        #expect(points.map(\.name) == ["a", "a-2"])
        #expect(points.map(\.condition) == [.unproven, .proven])
        #expect(points.allSatisfy { !$0.isAdopted })
    }

    @Test func `all names of a run under way are in flight`() throws {
        let record = try Self.record(["a", "a-2"], outcome: nil)
        let points = try Self.points([record], [PointFixture.blob("a", Self.now), PointFixture.blob("a-2", Self.now)])
        #expect(points.map(\.condition) == [.inFlight, .inFlight])
        #expect(try Self.points([record], []).isEmpty)
    }

    @Test(arguments: [
        (RunAttempt.Submission.accepted, 600.0, false), (.unanswered, 600, false), (.accepted, -1, true),
        (.rejected, 600, true), (.intended, 600, true),
    ])
    func `a failed run owns a blob of its name only where it can have made it`(
        _ submission: RunAttempt.Submission,
        _ seconds: Double,
        _ isForeign: Bool
    ) throws {
        let name = "contoso-apim-20261124"
        let record = try Self.record([name], submission: submission, outcome: .failed)
        let points = try Self.points([record], [PointFixture.blob(name, Self.now + seconds)])
        #expect(points.map(\.isAdopted) == [isForeign])
        #expect(points.map(\.condition) == [isForeign ? .unproven : .failed])
    }

    @Test func `the other documents are found by the blob's name`() throws {
        let record = try Self.record(["a"], outcome: .verified, backup: "a")
        var pins = BackupPins(container: PointFixture.container, name: "a")
        pins.changes = [PointFixture.pin("audit")]
        var deletions = BackupDeletions(container: PointFixture.container, name: "a", run: record.run)
        deletions.entries = [
            BackupDeletions.Entry(
                etag: ETag("1"),
                bytes: 1,
                reasons: [],
                at: Self.now,
                by: PointFixture.principal
            )
        ]
        let documents = RecoveryPoint.Documents(pins: ["a": pins], deletions: ["a": deletions])
        let gone = try #require(try Self.points([record], [], documents: documents).first)
        #expect(gone.condition == .deleted)
        #expect(gone.pin?.reason == "audit")
        pins.changes.append(BackupPins.Change(isPinned: false, at: Self.now, by: PointFixture.principal, reason: nil))
        deletions.entries[0].state = .kept
        let later = RecoveryPoint.Documents(pins: ["a": pins], deletions: ["a": deletions])
        let vanished = try #require(try Self.points([record], [], documents: later).first)
        #expect(vanished.condition == .vanished)
        #expect(vanished.pin == nil)
    }

    @Test func `records of another container say nothing about this one`() throws {
        var record = try Self.record(["contoso-apim-20261124"], outcome: .verified, backup: "contoso-apim-20261124")
        record.storage.container = "elsewhere"
        let points = try Self.points([record], [PointFixture.blob("contoso-apim-20261124", Self.now)])
        #expect(points.map(\.isAdopted) == [true])
    }
}
