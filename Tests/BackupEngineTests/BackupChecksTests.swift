import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("Checks before a backup")
struct BackupChecksTests {
    struct Example: CustomTestStringConvertible {
        var testDescription: String
        var tier = "Developer"
        var identity = InstanceIdentity(systemPrincipalID: "1111")
        var access = StorageAccess.systemAssignedManagedIdentity
        var minimum: String?
        var code: BackupError.Code?

        private static let attached = InstanceIdentity(
            userAssigned: [.init(resourceID: "/x", clientID: "AAAA", principalID: "p")])

        static let all: [Self] = [
            Self(testDescription: "Developer"), Self(testDescription: "Premium", tier: "Premium"),
            Self(testDescription: "a tier of tomorrow", tier: "Galactic"),
            Self(testDescription: "Consumption", tier: "Consumption", code: .tierUnsupported),
            Self(testDescription: "BasicV2", tier: "BasicV2", code: .tierUnsupported),
            Self(testDescription: "StandardV2", tier: "StandardV2", code: .tierUnsupported),
            Self(testDescription: "PremiumV2", tier: "PremiumV2", code: .tierUnsupported),
            Self(testDescription: "no identity", identity: InstanceIdentity(), code: .identityMissing),
            Self(testDescription: "only a user-assigned identity", identity: attached, code: .identityMissing),
            Self(
                testDescription: "the attached identity, in another case",
                identity: attached,
                access: .userAssignedManagedIdentity(clientID: "aaaa")
            ),
            Self(
                testDescription: "an identity that is not attached",
                identity: attached,
                access: .userAssignedManagedIdentity(clientID: "bbbb"),
                code: .identityMissing
            ),
            Self(
                testDescription: "an access key needs no identity",
                identity: InstanceIdentity(),
                access: .accessKey(Secret("k"))
            ),
            Self(testDescription: "minimum version met", minimum: "2024-05-01"),
            Self(testDescription: "minimum version newer", minimum: "2025-03-01-preview", code: .apiVersionTooOld),
        ]
    }

    @Test(arguments: Example.all)
    func `name the rule that is broken`(_ example: Example) throws {
        let instance = try RunFixture.instance(
            tier: example.tier,
            identity: example.identity,
            minimumAPIVersion: example.minimum
        )
        let refusal = BackupChecks.refusal(of: instance, access: example.access, apiVersion: "2024-05-01")
        #expect(refusal?.code == example.code)
        #expect((refusal?.remedy == nil) == (example.code == nil))
    }

    @Test(arguments: [(0.0, false), (299, false), (-299, false), (301, true), (-301, true), (86_400, true)])
    func `refuse a clock that is more than five minutes off`(_ difference: Double, _ isOff: Bool) {
        let azure = RunFixture.night
        let ours = azure + difference
        let clock = ClockComparison(service: azure, asked: ours, answered: ours)
        #expect((BackupChecks.clockRefusal(clock) != nil) == isOff)
        #expect(BackupChecks.clockRefusal(nil) == nil)
    }
}
