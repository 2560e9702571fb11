package import BackupDomain
package import FoundationEssentials

/// Where things lie in the catalog container.
///
/// ```
/// v1/runs/<instance-key>/<yyyy>/<mm>/<run-id>.json
/// v1/latest/<instance-key>.json
/// v1/pauses/<instance-key>.json
/// v1/leases/<instance-key>
/// ```
package enum CatalogPath {
    /// What all records lie below.
    package static let runs = "v1/runs/"

    /// Where a run's record lies.
    ///
    /// - Parameters:
    ///   - run: The run's id, which carries the month.
    ///   - instance: The instance's key.
    /// - Returns: The record's path.
    package static func record(_ run: RunID, of instance: InstanceKey) -> String {
        "\(Self.month(of: run.nominalAt, instance))\(run).json"
    }

    /// What all records of an instance lie below.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The path, with a slash at its end.
    package static func runs(of instance: InstanceKey) -> String { "\(Self.runs)\(instance)/" }

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

    /// What an instance's records of one month lie below.
    ///
    /// - Parameters:
    ///   - date: An instant of the month, in UTC.
    ///   - instance: The instance's key.
    /// - Returns: The path, with a slash at its end.
    package static func month(of date: Date, _ instance: InstanceKey) -> String {
        let time = date.compact
        return "\(Self.runs(of: instance))\(time.prefix(4))/\(time.dropFirst(4).prefix(2))/"
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
