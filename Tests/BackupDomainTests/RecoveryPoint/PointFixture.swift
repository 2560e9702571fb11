import BackupDomain
import FoundationEssentials

/// Recovery points of one instance, made to order.
enum PointFixture {
    static let now = Date(timeIntervalSince1970: 1_795_482_000)
    static let key = InstanceKey(text: "contoso-apim-0a1b2c3d") ?? InstanceKey(Self.id)
    static let container = "apim-backups"

    private static let id: ResourceID = {
        let text = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso-apim"
        guard let id = ResourceID(text) else { preconditionFailure("it is an id") }
        return id
    }()

    /// The id of the run of a night, by its age in days.
    static func run(_ age: Double) -> RunID { RunID(instance: Self.id, nominalAt: Self.now - age * 86_400) }

    static func name(_ age: Double) -> String {
        "contoso-apim-\((Self.now - age * 86_400).compact).apimbackup"
    }

    /// A backup of so many days ago whose run ended in a way; good where that is `verified`.
    static func point(_ age: Double, _ outcome: RunOutcome? = .verified, bytes: Int = 1000) -> RecoveryPoint {
        let created = Self.now - age * 86_400
        var point = RecoveryPoint(
            container: Self.container,
            name: Self.name(age),
            instance: Self.key,
            origin: .run(Self.run(age), outcome: outcome),
            createdAt: created,
            restorableUntil: created + 30 * 86_400
        )
        point.blob = Self.blob(point.name, created, bytes: bytes)
        if outcome == .verified || outcome == .unverified {
            point.recorded = RecordedBackup(
                account: "a",
                container: Self.container,
                name: point.name,
                properties: outcome == .verified ? point.blob : nil,
                restorableFrom: created
            )
        }
        return point
    }

    /// A backup of so many days ago that somebody else made, as often seen as told.
    static func adopted(_ age: Double, seen: Int = 0, isDated: Bool = true) -> RecoveryPoint {
        let created = Self.now - age * 86_400
        var point = RecoveryPoint(
            container: Self.container,
            name: "contoso-apim weekly \(created.compact)",
            instance: Self.key,
            origin: .adopted(isDated: isDated),
            createdAt: created,
            restorableUntil: created + 30 * 86_400
        )
        let blob = Self.blob(point.name, created, bytes: 1000)
        point.blob = blob
        for index in 0..<seen { point.verification = point.checked(at: Self.now - 10 + Double(index)) }
        return point
    }

    static func blob(_ name: String, _ created: Date, bytes: Int = 1000, etag: String = "\"0x1\"") -> BlobProperties {
        BlobProperties(
            name: name,
            bytes: bytes,
            etag: ETag(etag),
            createdAt: created,
            modifiedAt: created,
            contentMD5: nil
        )
    }

    static func pin(_ reason: String? = nil) -> BackupPins.Change {
        BackupPins.Change(isPinned: true, at: Self.now - 86_400, by: Self.principal, reason: reason)
    }

    /// A restore that is open and reads a backup.
    static func restore(into target: String = "contoso-standby", of name: String) -> OpenRestore {
        OpenRestore(run: Self.run(0), target: target, container: Self.container, name: name)
    }

    static let principal = RecordedPrincipal(credential: "managed-identity", objectID: "11111111")
}
