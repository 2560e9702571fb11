import BackupDomain
import BackupEngine
import Foundation

/// A recovery point as JSON shows it.
struct PointRow: Encodable {
    /// A pin as JSON shows it.
    struct Pin: Encodable {
        var at: Date
        var by: RecordedPrincipal
        var reason: String?
    }

    var backupName: String
    var container: String
    var instanceKey: String?
    var run: RunID?
    var outcome: RunOutcome?
    var adopted: Bool
    var createdAt: Date
    var restorableUntil: Date
    var condition: String
    var good: Bool
    var bytes: Int?
    var etag: ETag?
    var contentMd5: String?
    var level: VerificationLevel?
    var levels: [String: Date]
    var pin: Pin?
    var leased: Bool
    var immutableUntil: Date?
    var legalHold: Bool

    init(_ point: RecoveryPoint, now: Date) {
        self.backupName = point.name
        self.container = point.container
        self.instanceKey = point.instance?.text
        self.run = point.run
        self.outcome = point.outcome
        self.adopted = point.isAdopted
        self.createdAt = point.createdAt
        self.restorableUntil = point.restorableUntil
        self.condition = point.condition.rawValue
        self.good = point.isGood(at: now)
        self.bytes = point.blob?.bytes
        self.etag = point.blob?.etag
        self.contentMd5 = point.blob?.contentMD5
        self.level = point.level?.level
        self.levels = point.verification?.levels.mapValues(\.at) ?? [:]
        self.pin = point.pin.map { Pin(at: $0.at, by: $0.by, reason: $0.reason) }
        self.leased = point.blob?.isLeased ?? false
        self.immutableUntil = point.blob?.immutableUntil
        self.legalHold = point.blob?.hasLegalHold ?? false
    }
}
