import BackupDomain
import BackupEngine
import Foundation
import TestSupport

/// A plan of a restore to turn this way and that: the backup of last night into a standby of the same tier.
struct RestoreFixture {
    static let now = Date(timeIntervalSince1970: 1_795_482_000)
    static let source = ResourceID.sample(named: "contoso-apim")
    static let target = ResourceID.sample(named: "contoso-standby")

    var point = Self.point(hours: 5)
    var passedOver: [RecoveryPoint] = []
    var tier: Tier? = Tier("Developer")
    var targetID = Self.target
    var targetTier = Tier("Developer")
    var state = "Succeeded"
    var identity = InstanceIdentity(systemPrincipalID: "22222222-2222-2222-2222-222222222222")
    var minimumAPIVersion: String?
    var access = StorageAccess.systemAssignedManagedIdentity
    var reach = RestoreReach.allowed
    var wishes = RestoreWishes()
    var sourceDocument = Self.document()
    var targetDocument = Self.document()

    var plan: RestorePlan {
        RestorePlan(
            choice: RestoreChoice(point: self.point, reason: "the newest verified backup", passedOver: self.passedOver),
            source: RestorePlan.Source(
                name: "contoso-apim",
                account: "contosobackups",
                instance: self.tier.map { RecordedInstance(Self.instance(Self.source, $0)) },
                document: self.tier == nil ? nil : self.sourceDocument
            ),
            target: Instance(
                id: self.targetID,
                location: "West Europe",
                tier: self.targetTier,
                units: 1,
                provisioningState: self.state,
                identity: self.identity,
                minimumAPIVersion: self.minimumAPIVersion,
                document: self.targetDocument
            ),
            access: self.access,
            reach: self.reach,
            apiVersion: "2024-05-01",
            wishes: self.wishes,
            usualDuration: nil,
            at: Self.now
        )
    }

    static func instance(_ id: ResourceID, _ tier: Tier = Tier("Developer")) -> Instance {
        Instance(
            id: id,
            location: "West Europe",
            tier: tier,
            units: 1,
            provisioningState: "Succeeded",
            identity: InstanceIdentity(systemPrincipalID: "p"),
            minimumAPIVersion: nil,
            document: Self.document()
        )
    }

    /// A resource with the properties that no backup holds.
    static func document(_ properties: [String: JSONValue] = [:], identity: JSONValue = .null) -> JSONValue {
        let usual: [String: JSONValue] = [
            "hostnameConfigurations": .array([
                .object(["hostName": .string("contoso-apim.azure-api.net"), "certificateSource": .string("BuiltIn")])
            ]),
            "virtualNetworkType": .string("None"),
            "customProperties": .object(["Tls10": .string("False")]),
        ]
        return .object([
            "properties": .object(usual.merging(properties) { $1 }), "identity": identity,
        ])
    }

    /// A backup of some hours ago whose run ended in a way; good where that is `verified`.
    static func point(hours: Double, _ outcome: RunOutcome? = .verified) -> RecoveryPoint {
        let created = Self.now - hours * 3600
        let name = "contoso-apim-\(created.compact).apimbackup"
        var point = RecoveryPoint(
            container: "apim-backups",
            name: name,
            instance: InstanceKey(Self.source),
            origin: .run(RunID(instance: Self.source, nominalAt: created), outcome: outcome),
            createdAt: created,
            restorableUntil: created + 30 * 86_400
        )
        let blob = BlobProperties(
            name: name,
            bytes: 614_400,
            etag: ETag("\"0x1\""),
            createdAt: created,
            modifiedAt: created,
            contentMD5: nil
        )
        point.blob = blob
        if outcome == .verified {
            point.recorded = RecordedBackup(
                account: "contosobackups",
                container: "apim-backups",
                name: name,
                properties: blob,
                restorableFrom: created
            )
        }
        return point
    }
}
