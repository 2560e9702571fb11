package import BackupDomain

extension ProgramSettings {
    /// Finds the entry that a person means.
    ///
    /// - Parameter reference: An instance's name, its resource id, or its key.
    /// - Returns: The entry; nil where the settings list none.
    /// - Throws: ``BackupDomain/BackupError`` with code `instanceAmbiguous` where several have that name.
    package func instance(named reference: String) throws(BackupError) -> InstanceSettings? {
        let found = self.instances.filter { $0.isNamed(reference) }
        guard found.count > 1 else { return found.first }
        throw BackupError(
            .instanceAmbiguous,
            "\(found.count) instances of the settings are named '\(reference)':\n"
                + found.map { "  \($0.knownID?.text ?? $0.reference)" }.joined(separator: "\n"),
            remedy: "Give the full resource id."
        )
    }

    /// The entry that a person means.
    ///
    /// - Parameter reference: An instance's name, its resource id, or its key.
    /// - Returns: The entry.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where the settings list none, `instanceAmbiguous` where several
    ///   have that name.
    package func listedInstance(_ reference: String) throws(BackupError) -> InstanceSettings {
        if let listed = try self.instance(named: reference) { return listed }
        let names = self.instances.map(\.instanceName).sorted()
        let near = Suggestion.nearest(to: reference, among: names)
        throw BackupError(
            .notFound,
            "The settings list no instance '\(reference)'" + (near.map { "; they list '\($0)'." } ?? "."),
            remedy:
                "Check the name; without one, 'apim-backup config show' shows what holds for all, those that are not "
                + "listed too."
        )
    }

    /// The entry that a person means, or one made of what holds for all instances.
    ///
    /// - Parameter reference: An instance's name or its resource id.
    /// - Returns: The entry.
    /// - Throws: ``BackupDomain/BackupError`` with code `instanceAmbiguous`, or `invalidInput` where what holds for all
    ///   contradicts itself.
    package func instanceOrStandard(_ reference: String) throws(BackupError) -> InstanceSettings {
        if let listed = try self.instance(named: reference) { return listed }
        var reading = SettingsReading(keys: Self.keys)
        reading.check(self.backup, at: .top)
        let problems = reading.problems
        _ = try Resolution(settings: self, problems: problems).checked()
        return InstanceSettings(reference, self.backup)
    }

    /// How the instance is backed up whose records are filed under a key.
    ///
    /// - Parameter key: The key.
    /// - Returns: Its own entry, or what holds for all instances.
    package func backup(of key: InstanceKey) -> BackupSettings {
        self.instances.first { $0.matches(key) }?.backup ?? self.backup
    }

    /// Where backups and records are, each place once: the one for all instances, then those of single ones.
    package var places: [BackupSettings] {
        var found: [BackupSettings] = []
        for backup in [self.backup] + self.instances.map(\.backup)
        where backup.storage.account != nil && !found.contains(where: { $0.storage == backup.storage }) {
            found.append(backup)
        }
        return found
    }
}
