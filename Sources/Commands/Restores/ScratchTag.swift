import BackupDomain

/// The tag without which no instance is overwritten by a drill or a field test.
enum ScratchTag {
    /// The tag's name; its value is `true`.
    static let name = "apim-backup-scratch"

    /// Refuses an instance that nobody marked as one that may be overwritten.
    ///
    /// - Parameter instance: The instance.
    /// - Throws: ``BackupDomain/BackupError`` with code `instanceUnusable`.
    static func require(_ instance: Instance) throws(BackupError) {
        let tags = instance.document["tags"]?.object ?? [:]
        let mark = tags.first { $0.key.lowercased() == Self.name }?.value.string?.lowercased()
        guard mark == "true" else {
            throw BackupError(
                .instanceUnusable,
                "\(instance.id.name) is not marked as a scratch instance, and all that it holds would be overwritten.",
                remedy:
                    "If that is meant: az tag update --operation Merge --resource-id '\(instance.id)' --tags \(Self.name)=true"
            )
        }
    }
}
