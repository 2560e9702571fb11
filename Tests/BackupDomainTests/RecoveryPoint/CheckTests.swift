import BackupDomain
import Foundation
import Testing

@Suite("What a check of a backup shows")
struct CheckTests {
    static let now = PointFixture.now

    @Test func `a backup as it was recorded is listed and unchanged, and the dates move on`() throws {
        var point = PointFixture.point(3)
        point.verification = point.checked(at: Self.now)
        #expect(point.level?.level == .unchanged)
        #expect(point.level?.at == Self.now)
        point.verification = point.checked(at: Self.now + 60)
        #expect(point.level?.at == Self.now + 60)
        #expect(point.verification?.finding == nil)
        #expect(point.verification?.sighting == nil)
    }

    struct Change: CustomTestStringConvertible {
        var testDescription: String
        var kind: VerificationFinding.Kind
        var change: @Sendable (inout RecoveryPoint) -> Void
        var condition: RecoveryPoint.Condition

        static let all: [Self] = [
            Self(testDescription: "gone", kind: .vanished, change: { $0.blob = nil }, condition: .vanished),
            Self(
                testDescription: "smaller",
                kind: .shrunken,
                change: { point in
                    point.blob?.bytes = 999
                    point.blob?.etag = ETag("\"0x2\"")
                },
                condition: .changed
            ),
            Self(
                testDescription: "another ETag",
                kind: .changed,
                change: { $0.blob?.etag = ETag("\"0x2\"") },
                condition: .changed
            ),
            Self(
                testDescription: "another MD5 under the same ETag",
                kind: .changed,
                change: { point in
                    point.recorded?.contentMD5 = "a"
                    point.blob?.contentMD5 = "b"
                },
                condition: .changed
            ),
            Self(
                testDescription: "emptied",
                kind: .shrunken,
                change: { $0.blob?.bytes = 0 },
                condition: .changed
            ),
        ]
    }

    @Test(arguments: Change.all)
    func `whatever became of it is a finding with what was and what is, dated when it was first noticed`(
        _ change: Change
    ) throws {
        var point = PointFixture.point(3)
        change.change(&point)
        #expect(point.condition == change.condition)
        #expect(!point.isGood(at: Self.now))
        point.verification = point.checked(at: Self.now)
        point.verification = point.checked(at: Self.now + 60)
        let finding = try #require(point.verification?.finding)
        #expect(finding.kind == change.kind)
        #expect(finding.was?.bytes == 1000)
        #expect(finding.was?.etag == ETag("\"0x1\""))
        #expect(finding.now?.bytes == point.blob?.bytes)
        #expect(finding.noticedAt == Self.now)
        #expect(point.verification?.passed(.unchanged, by: ETag("\"0x1\"")) == nil)
        // Put back as it was, it is well again.
        point.blob = PointFixture.point(3).blob
        point.recorded?.contentMD5 = nil
        #expect(point.checked(at: Self.now)?.finding == nil)
    }

    @Test(arguments: [true, false])
    func `a blob that nothing of ours describes is proven by two checks of one version`(_ isAdopted: Bool) throws {
        var point = isAdopted ? PointFixture.adopted(3) : PointFixture.point(3, .unverified)
        #expect(point.condition == .unproven)
        point.verification = point.checked(at: Self.now)
        #expect(point.condition == .unproven)
        #expect(point.level?.level == .listed)
        // Written again: it begins anew.
        point.blob?.etag = ETag("\"0x2\"")
        point.verification = point.checked(at: Self.now)
        #expect(point.condition == .unproven)
        point.verification = point.checked(at: Self.now)
        #expect(point.condition == .proven)
        #expect(point.isGood(at: Self.now))
        #expect(point.level?.level == .unchanged)
        point.blob?.etag = ETag("\"0x3\"")
        #expect(point.condition == .unproven)
    }

    @Test func `an adopted blob whose name may be another instance's never counts as good`() {
        #expect(PointFixture.adopted(3, seen: 2).isGood(at: Self.now))
        #expect(!PointFixture.adopted(3, seen: 1).isGood(at: Self.now))
        #expect(!PointFixture.adopted(3, seen: 9, isDated: false).isGood(at: Self.now))
    }

    @Test func `one in the tier Archive is a finding until it is brought back, and counts for nothing`() throws {
        var point = PointFixture.point(3)
        point.blob?.accessTier = "Archive"
        #expect(point.condition == .proven)
        #expect(!point.isGood(at: Self.now))
        point.verification = point.checked(at: Self.now)
        point.verification = point.checked(at: Self.now + 60)
        let finding = try #require(point.verification?.finding)
        #expect(finding.kind == .archived)
        #expect(finding.now?.accessTier == "Archive")
        #expect(finding.noticedAt == Self.now)
        #expect(point.level?.level == .unchanged)
        point.blob?.accessTier = "Hot"
        #expect(point.checked(at: Self.now)?.finding == nil)
        #expect(point.isGood(at: Self.now))
        // Past its thirty days it may lie there as well.
        var expired = PointFixture.point(31)
        expired.blob?.accessTier = "Archive"
        #expect(try #require(expired.checked(at: Self.now)).finding == nil)
        var adopted = PointFixture.adopted(3, seen: 2)
        adopted.blob?.accessTier = "Archive"
        #expect(!adopted.isGood(at: Self.now))
    }

    @Test func `the tier stands beside a kind that earlier releases read`() throws {
        var point = PointFixture.point(3)
        point.blob?.accessTier = "Archive"
        let document = try #require(point.checked(at: Self.now))
        let text = try JSONEncoder.stable(pretty: false).encode(document)
        #expect(String(decoding: text, as: UTF8.self).contains(#""kind":"changed""#))
        #expect(try JSONDecoder.stable().decode(BackupVerification.self, from: text) == document)
        point.blob?.etag = ETag("\"0x2\"")
        let changed = try #require(point.checked(at: Self.now))
        #expect(changed.finding?.kind == .changed)
        let again = try JSONEncoder.stable(pretty: false).encode(changed)
        #expect(try JSONDecoder.stable().decode(BackupVerification.self, from: again) == changed)
    }

    @Test func `an empty blob is a finding and proves nothing, however often it is seen`() throws {
        var point = PointFixture.adopted(3)
        point.blob?.bytes = 0
        for _ in 0..<3 { point.verification = point.checked(at: Self.now) }
        #expect(point.verification?.finding?.kind == .empty)
        #expect(point.condition == .unproven)
    }

    @Test func `there is nothing to check in flight, after a failed run, after prune, and past the thirty days`() {
        #expect(PointFixture.point(0, nil).checked(at: Self.now) == nil)
        #expect(PointFixture.point(1, .failed).checked(at: Self.now) == nil)
        var expired = PointFixture.point(31)
        expired.blob = nil
        #expect(expired.checked(at: Self.now) == nil)
        var pruned = PointFixture.point(3)
        pruned.blob = nil
        pruned.deletion = BackupDeletions.Entry(
            etag: ETag("\"0x1\""),
            bytes: 1000,
            reasons: [],
            at: Self.now,
            by: PointFixture.principal
        )
        #expect(pruned.condition == .deleted)
        #expect(pruned.checked(at: Self.now) == nil)
    }
}
