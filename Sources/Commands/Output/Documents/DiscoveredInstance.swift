import BackupDomain
import BackupEngine

/// An instance that was found, with what protects it: one element of `discover --format json`.
struct DiscoveredInstance: Encodable {
    /// The resource id.
    var id: ResourceID
    /// The name.
    var name: String
    /// The tier; nil where the instance may be listed but not read.
    var tier: String?
    /// Whether its tier has a backup; nil where that is not known.
    var supportsBackup: Bool?
    /// The verdict of `status`; nil where no run is recorded.
    var verdict: ProtectionStatus.Verdict?

    /// Whether the settings list it; nil where they list no instance at all.
    var isListed: Bool?

    private enum CodingKeys: String, CodingKey {
        case id, name, tier, supportsBackup, verdict
        case isListed = "inSettings"
    }

    /// Puts an instance and what is known of its protection together.
    init(_ found: InstanceDiscovery.Found, verdict: ProtectionStatus.Verdict?, isListed: Bool?) {
        self.id = found.id
        self.name = found.id.name
        self.tier = found.instance.map { "\($0.tier)" }
        self.supportsBackup = found.instance.map { $0.tier.supportsBackup }
        self.verdict = verdict
        self.isListed = isListed
    }

    /// The protection in words.
    var wording: String {
        // Where the tier has no backup, that is the reason for every verdict that is not well.
        if self.supportsBackup == false, self.verdict?.isWell != true { return "its tier has no backup" }
        return self.verdict?.words ?? "none"
    }
}
