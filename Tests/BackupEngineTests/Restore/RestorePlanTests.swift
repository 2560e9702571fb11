import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("The plan of a restore")
struct RestorePlanTests {
    struct Refusal: CustomTestStringConvertible {
        var testDescription: String
        var change: @Sendable (inout RestoreFixture) -> Void
        var code: BackupError.Code
        var says: String

        static let all: [Self] = [
            Self("expired", .backupExpired, "restores a backup for 30 days") {
                $0.point = RestoreFixture.point(hours: 30 * 24)
            },
            Self("in the tier Archive", .backupArchived, "--tier Hot") {
                $0.point.blob?.accessTier = "Archive"
                $0.wishes.allowsUnverified = true
            },
            Self("another tier", .tierMismatch, "of tier Developer, and contoso-standby is of tier Premium") {
                $0.targetTier = Tier("Premium")
            },
            Self("a tier without restore", .tierUnsupported, "StandardV2") {
                $0.tier = Tier("StandardV2")
                $0.targetTier = Tier("StandardV2")
            },
            Self("busy", .busy, "Updating") { $0.state = "Updating" },
            Self("on its way out", .instanceUnusable, "Terminating") { $0.state = "Terminating" },
            Self("no identity", .identityMissing, "no system-assigned managed identity") {
                $0.identity = InstanceIdentity()
            },
            Self("another identity", .identityMissing, "No identity with client id c") {
                $0.access = .userAssignedManagedIdentity(clientID: "c")
            },
            Self("no right to read", .permissionDenied, "may not read blobs in contosobackups/apim-backups") {
                $0.reach = .denied(command: "az role assignment create")
            },
            Self("a newer api-version wanted", .apiVersionTooOld, "2025-01-01") { $0.minimumAPIVersion = "2025-01-01" },
            Self("unverified", .backupUnverified, "nothing has proven that it is whole") {
                $0.point = RestoreFixture.point(hours: 5, .unverified)
            },
            Self("written again", .backupUnverified, "written again") { $0.point.blob?.etag = ETag("\"0x2\"") },
            Self("of a failed run", .backupUnverified, "failed") {
                $0.point = RestoreFixture.point(hours: 5, .failed)
                $0.wishes.allowsUnverified = true
            },
            Self("under way", .backupUnverified, "is being made") {
                $0.point = RestoreFixture.point(hours: 0.1, nil)
                $0.wishes.allowsUnverified = true
            },
            Self("vanished", .backupMissing, "it has vanished") {
                $0.point.blob = nil
                $0.wishes.allowsUnverified = true
            },
            Self("the same instance", .sameInstance, "changed there in the 5 h since") {
                $0.targetID = RestoreFixture.source
            },
            Self("the same instance by its name", .sameInstance, "--in-place") { fixture in
                fixture.targetID = RestoreFixture.source
                fixture.tier = nil
            },
        ]

        init(
            _ name: String,
            _ code: BackupError.Code,
            _ says: String,
            _ change: @escaping @Sendable (inout RestoreFixture) -> Void
        ) {
            self.testDescription = name
            self.code = code
            self.says = says
            self.change = change
        }
    }

    @Test(arguments: Refusal.all)
    func `names the rule that forbids it`(_ refusal: Refusal) throws {
        var fixture = RestoreFixture()
        refusal.change(&fixture)
        let found = fixture.plan.refusals
        #expect(found.map(\.code) == [refusal.code])
        let error = try #require(found.first)
        #expect("\(error)".contains(refusal.says), "\(error)")
        #expect(error.remedy?.isEmpty == false)
    }

    @Test func `names all rules at once`() {
        var fixture = RestoreFixture()
        fixture.point = RestoreFixture.point(hours: 31 * 24, .unverified)
        fixture.targetTier = Tier("Premium")
        fixture.state = "Updating"
        #expect(fixture.plan.refusals.map(\.code) == [.backupExpired, .backupUnverified, .tierMismatch, .busy])
    }

    @Test func `is made where nothing forbids it, with a safety backup`() {
        let plan = RestoreFixture().plan
        #expect(plan.refusals.isEmpty)
        #expect(plan.makesSafetyBackup)
        #expect(plan.warnings.isEmpty)
        #expect(plan.effects.contains { $0.contains("gateway of contoso-standby is down") })
        #expect(plan.backup.etag == ETag("\"0x1\""))
    }

    @Test func `takes what was said for an answer`() {
        var fixture = RestoreFixture()
        fixture.targetID = RestoreFixture.source
        fixture.point = RestoreFixture.point(hours: 5, .unverified)
        fixture.state = "Updating"
        fixture.wishes.isInPlace = true
        fixture.wishes.allowsUnverified = true
        fixture.wishes.waitsForBusy = true
        fixture.wishes.wantsSafetyBackup = false
        #expect(fixture.plan.refusals.isEmpty)
        #expect(!fixture.plan.makesSafetyBackup)
        #expect(fixture.plan.isInPlace)
        #expect(fixture.plan.warnings.contains { $0.contains("not verified") })
        #expect(fixture.plan.warnings.contains { $0.contains("cannot be brought back") })
    }

    @Test func `does without a safety backup where the target cannot be backed up, and says so`() {
        var fixture = RestoreFixture()
        fixture.state = "Failed"
        #expect(fixture.plan.refusals.isEmpty)
        #expect(!fixture.plan.makesSafetyBackup)
        #expect(fixture.plan.warnings.contains { $0.contains("is not backed up first: it is in the state Failed") })
    }

    @Test func `says where it could not be looked at whether the backup may be read`() {
        var fixture = RestoreFixture()
        fixture.reach = .unknown("No role could be listed.")
        #expect(fixture.plan.refusals.isEmpty)
        #expect(fixture.plan.warnings.contains { $0.hasSuffix("could not be looked at: No role could be listed.") })
    }

    @Test func `of a backup that no record names says that the tier is not known`() {
        var fixture = RestoreFixture()
        fixture.tier = nil
        #expect(fixture.plan.refusals.isEmpty)
        #expect(fixture.plan.warnings.contains { $0.contains("its tier is not known") })
        #expect(fixture.plan.leftovers.allSatisfy { $0.differs == nil })
    }
}
