package import BackupDomain
package import FoundationEssentials

/// Where things lie in the catalog container.
///
/// ```
/// v1/runs/<instance-key>/<yyyy>/<mm>/<run-id>.json
/// v1/restores/<instance-key>/<yyyy>/<mm>/<run-id>.json
/// v1/latest/<instance-key>.json
/// v1/pauses/<instance-key>.json
/// v1/schedules/<instance-key>.json
/// v1/leases/<instance-key>
/// v1/checkups/<instance-key>.json
/// v1/incidents/ledger.json
/// ```
package enum CatalogPath {
    /// What all records of backups lie below.
    package static let runs = "v1/runs/"

    /// What all records of one kind of run lie below; those of restores apart, so that no reader takes one for a backup.
    ///
    /// - Parameter kind: The kind.
    /// - Returns: The path, with a slash at its end.
    package static func runs(_ kind: RunKind) -> String {
        switch kind {
        case .backup: self.runs
        case .restore: "v1/restores/"
        }
    }

    /// Where a run's record lies.
    ///
    /// - Parameters:
    ///   - run: The run's id, which carries the month.
    ///   - instance: The instance's key.
    ///   - kind: What the run does.
    /// - Returns: The record's path.
    package static func record(_ run: RunID, of instance: InstanceKey, kind: RunKind = .backup) -> String {
        "\(Self.month(of: run.nominalAt, instance, kind: kind))\(run).json"
    }

    /// Takes the path of a run's record apart.
    ///
    /// - Parameter path: The path, of whichever kind of run.
    /// - Returns: The run's id and the key of its instance; nil where the path is of something else.
    package static func recorded(_ path: String) -> (run: RunID, instance: InstanceKey)? {
        let parts = path.split(separator: "/")
        guard parts.count == 6, let instance = InstanceKey(text: String(parts[2])),
            let run = RunID(text: Self.leaf(path))
        else { return nil }
        return (run, instance)
    }

    /// What all records of an instance lie below.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - kind: What the runs do.
    /// - Returns: The path, with a slash at its end.
    package static func runs(of instance: InstanceKey, kind: RunKind = .backup) -> String {
        "\(Self.runs(kind))\(instance)/"
    }

    /// Where the empty blob lies whose lease is an instance's lock.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The blob's path.
    package static func lease(of instance: InstanceKey) -> String { "v1/leases/\(instance)" }

    /// Where an instance's summary lies.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The summary's path.
    package static func summary(of instance: InstanceKey) -> String { "v1/latest/\(instance).json" }

    /// What the pauses of all schedules lie below.
    package static let pauses = "v1/pauses/"

    /// Where the pauses of an instance's schedule lie.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The path.
    package static func pauses(of instance: InstanceKey) -> String { "\(Self.pauses)\(instance).json" }

    /// What the histories of all schedules lie below.
    package static let schedules = "v1/schedules/"

    /// Where the history of an instance's schedule lies.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The path.
    package static func schedule(of instance: InstanceKey) -> String { "\(Self.schedules)\(instance).json" }

    /// What the records of all checkups lie below.
    package static let checkups = "v1/checkups/"

    /// Where it lies what the doctor found at the last checkup of an instance.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The path.
    package static func checkup(of instance: InstanceKey) -> String { "\(Self.checkups)\(instance).json" }

    /// Where it lies what is wrong and who was told of it, for all instances.
    package static let incidents = "v1/incidents/ledger.json"

    /// What an instance's records of one month lie below.
    ///
    /// - Parameters:
    ///   - date: An instant of the month, in UTC.
    ///   - instance: The instance's key.
    ///   - kind: What the runs do.
    /// - Returns: The path, with a slash at its end.
    package static func month(of date: Date, _ instance: InstanceKey, kind: RunKind = .backup) -> String {
        let time = date.compact
        return "\(Self.runs(of: instance, kind: kind))\(time.prefix(4))/\(time.dropFirst(4).prefix(2))/"
    }

    /// Takes the last part of a path, without a trailing slash or `.json`.
    ///
    /// - Parameter path: The path.
    /// - Returns: An instance's key, a month or a run's id.
    package static func leaf(_ path: String) -> String {
        var name = path.utf8[...]
        if name.last == 47 { name.removeLast() }
        if let slash = name.lastIndex(of: 47) { name = name[name.index(after: slash)...] }
        let leaf = String(Substring(name))
        return leaf.hasSuffix(".json") ? String(leaf.dropLast(5)) : leaf
    }
}
