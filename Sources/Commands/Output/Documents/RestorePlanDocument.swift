import BackupDomain
import BackupEngine
import Foundation

/// The plan of a restore for programs: the first line of `restore --format json`, and all of it with `--dry-run`.
struct RestorePlanDocument: Encodable {
    /// The backup that is to be restored.
    struct Backup: Encodable {
        var account: String
        var container: String
        var name: String
        var bytes: Int?
        var etag: ETag?
        var createdAt: Date
        var restorableUntil: Date
        var condition: String
        var run: RunID?
    }

    /// An instance of the plan.
    struct Place: Encodable {
        var instance: String
        var instanceID: ResourceID?
        var tier: Tier?
        var units: Int?
        var location: String?
        var state: String?

        private enum CodingKeys: String, CodingKey {
            case instance, tier, units, location, state
            case instanceID = "instanceId"
        }
    }

    var type = "plan"
    var backup: Backup
    var reason: String
    var passedOver: [String]
    var source: Place
    var target: Place
    var inPlace: Bool
    var safetyBackup: Bool
    var accessType: String
    /// Whether the identity that is to read the backup may do so: allowed, denied or unknown.
    var readAccess: String
    var expectedTime: String
    var effects: [String]
    var warnings: [String]
    var leftovers: [RestoreLeftover]
    var refusals: [BackupError]

    init(_ plan: RestorePlan) {
        let point = plan.choice.point
        self.backup = Backup(
            account: plan.source.account,
            container: point.container,
            name: point.name,
            bytes: point.blob?.bytes,
            etag: point.blob?.etag,
            createdAt: point.createdAt,
            restorableUntil: point.restorableUntil,
            condition: point.condition.rawValue,
            run: point.run
        )
        self.reason = plan.choice.reason
        self.passedOver = plan.choice.passedOver.map(\.name)
        let source = plan.source.instance
        self.source = Place(
            instance: plan.source.name,
            instanceID: source?.id,
            tier: source?.tier,
            units: source?.units,
            location: source?.location
        )
        self.target = Place(
            instance: plan.target.id.name,
            instanceID: plan.target.id,
            tier: plan.target.tier,
            units: plan.target.units,
            location: plan.target.location,
            state: plan.target.provisioningState
        )
        self.inPlace = plan.isInPlace
        self.safetyBackup = plan.makesSafetyBackup
        self.accessType = plan.access.name
        self.readAccess = plan.reach.word
        self.expectedTime = plan.expectedTime
        self.effects = plan.effects
        self.warnings = plan.warnings
        self.leftovers = plan.leftovers
        self.refusals = plan.refusals
    }
}
