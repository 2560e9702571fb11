package import BackupDomain
import Crypto
import FoundationEssentials

/// Where the documents about single backups lie, beside the records of runs.
///
/// ```
/// v1/verifications/<instance-key>/<digest>.json
/// v1/pins/<instance-key>/<digest>.json
/// v1/prunes/<instance-key>/<digest>.json
/// v1/acknowledgements/<instance-key>.json
/// v1/adopted/<instance-key>.json
/// v1/drills/<instance-key>.json
/// ```
extension CatalogPath {
    /// What all pins lie below.
    package static let pins = "v1/pins/"

    /// What an instance's verifications lie below.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The path, with a slash at its end.
    package static func verifications(of instance: InstanceKey) -> String { "v1/verifications/\(instance)/" }

    /// What an instance's pins lie below.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The path, with a slash at its end.
    package static func pins(of instance: InstanceKey) -> String { "\(Self.pins)\(instance)/" }

    /// What lies below of what `prune` did with an instance's backups.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The path, with a slash at its end.
    package static func prunes(of instance: InstanceKey) -> String { "v1/prunes/\(instance)/" }

    /// Where it is written down what `prune` did with one backup.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - name: The blob's name.
    ///   - container: The container.
    /// - Returns: The document's path.
    package static func prunes(of instance: InstanceKey, _ name: String, in container: String) -> String {
        "\(Self.prunes(of: instance))\(Self.digest(name, in: container)).json"
    }

    /// Where an instance's acknowledgements of smaller backups lie.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The document's path.
    package static func acknowledgements(of instance: InstanceKey) -> String { "v1/acknowledgements/\(instance).json" }

    /// What the adopted backups of all instances lie below.
    package static let adopted = "v1/adopted/"

    /// Where lies what the last check saw of an instance's adopted backups.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The document's path.
    package static func adopted(of instance: InstanceKey) -> String { "\(Self.adopted)\(instance).json" }

    /// What the drills of all instances lie below.
    package static let drills = "v1/drills/"

    /// Where lies what drills with an instance's backups showed.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The document's path.
    package static func drills(of instance: InstanceKey) -> String { "\(Self.drills)\(instance).json" }

    /// What a backup's documents are filed under: a name may hold what a path must not.
    ///
    /// - Parameters:
    ///   - name: The blob's name.
    ///   - container: The container.
    /// - Returns: 32 hexadecimal digits of SHA-256.
    package static func digest(_ name: String, in container: String) -> String {
        // No name of a container holds a slash.
        SHA256.hash(data: Data("\(container)/\(name)".utf8)).prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
