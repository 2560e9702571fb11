import BackupDomain
import Serving
import Settings

/// Which instances of the settings a fleet looks after, and which it could not find.
struct FleetRoster: Sendable {
    /// The instances that are looked after, each with its resource id, by their keys.
    private(set) var members: [InstanceKey: InstanceSettings] = [:]
    /// Why instances do not resolve, by the names that the settings have for them.
    private(set) var faults: [String: BackupError] = [:]
    /// Whether all have been looked for.
    var isChecked = false
    /// The instances whose runs that were left behind have been looked for.
    private var resumed: Set<InstanceKey> = []
    /// How often in a row an instance's schedule could not be looked after.
    private var troubles: [InstanceKey: Int] = [:]

    /// Takes an instance in.
    ///
    /// - Parameters:
    ///   - id: Its resource id.
    ///   - settings: What holds for it.
    /// - Returns: The instance's key; nil where it is looked after already.
    mutating func take(_ id: ResourceID, _ settings: InstanceSettings) -> InstanceKey? {
        let key = InstanceKey(id)
        guard self.members[key] == nil else { return nil }
        var settings = settings
        (settings.id, settings.name, settings.resourceGroup) = (id, nil, nil)
        self.members[key] = settings
        return key
    }

    /// Notes whether an instance resolves.
    ///
    /// - Parameters:
    ///   - reference: The instance as the settings name it.
    ///   - fault: Why it does not; nil where it does.
    /// - Returns: Whether that is news.
    mutating func note(_ reference: String, _ fault: BackupError?) -> Bool {
        defer { self.faults[reference] = fault }
        return self.faults[reference]?.message != fault?.message
    }

    /// Notes that the runs of an instance that were left behind are looked for.
    ///
    /// - Parameter key: The instance's key.
    /// - Returns: Whether it is the first time.
    mutating func resume(_ key: InstanceKey) -> Bool { self.resumed.insert(key).inserted }

    /// Notes that an instance's schedule could not be looked after.
    ///
    /// - Parameter key: The instance's key.
    /// - Returns: When to look again: after one minute, then two, four and so on, five at the most.
    mutating func trouble(_ key: InstanceKey) -> Duration {
        let count = self.troubles[key, default: 0]
        self.troubles[key] = count + 1
        return .seconds(min(300, 60 << min(count, 3)))
    }

    /// Notes that an instance's schedule could be looked after.
    ///
    /// - Parameter key: The instance's key.
    mutating func well(_ key: InstanceKey) { self.troubles[key] = nil }

    /// Those that do not resolve.
    var unresolved: [Readiness.Unresolved] {
        self.faults.sorted { $0.key < $1.key }.map { Readiness.Unresolved(instance: $0.key, reason: $0.value.message) }
    }
}
