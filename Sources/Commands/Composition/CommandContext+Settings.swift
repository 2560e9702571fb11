import BackupDomain
import Settings

extension CommandContext {
    /// Puts file, variables and flags together, with all that is wrong with them.
    ///
    /// - Parameters:
    ///   - azure: Which settings file, and the flags that every command has.
    ///   - flags: Further flags.
    /// - Returns: The settings and their problems.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where the file is missing or cannot be read.
    func resolveSettings(
        _ azure: AzureOptions,
        _ flags: [SettingFlag?]
    ) throws(BackupError) -> ProgramSettings.Resolution {
        let file = try self.files.settingsFile(named: azure.settings, variables: self.environment)
        return ProgramSettings.resolve(
            file: file,
            variables: self.environment,
            flags: (azure.flags + flags).compactMap(\.self)
        )
    }

    /// The settings that a command works by: this is how every command comes by them.
    ///
    /// - Parameters:
    ///   - azure: Which settings file, and the flags that every command has.
    ///   - options: Further options that stand for settings.
    /// - Returns: The settings.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, which names all problems.
    func settings(_ azure: AzureOptions, _ options: any SettingOptions...) throws(BackupError) -> ProgramSettings {
        try self.resolveSettings(azure, options.flatMap(\.flags)).checked()
    }

    /// The settings of a command that goes by schedules, whose time zones must be there.
    ///
    /// - Parameters:
    ///   - azure: Which settings file, and the flags that every command has.
    ///   - flags: Further flags.
    /// - Returns: The settings.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, which names all problems.
    func scheduledSettings(_ azure: AzureOptions, _ flags: [SettingFlag?]) throws(BackupError) -> ProgramSettings {
        try self.resolveScheduledSettings(azure, flags).checked()
    }

    /// Puts the settings of a command that goes by schedules together, with all that is wrong with them and their time zones.
    ///
    /// - Parameters:
    ///   - azure: Which settings file, and the flags that every command has.
    ///   - flags: Further flags.
    /// - Returns: The settings and their problems.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where the file is missing or cannot be read.
    func resolveScheduledSettings(
        _ azure: AzureOptions,
        _ flags: [SettingFlag?]
    ) throws(BackupError) -> ProgramSettings.Resolution {
        var resolution = try self.resolveSettings(azure, flags)
        resolution.problems += resolution.settings.zoneProblems(in: self.zoneFiles)
        resolution.problems.sort(by: SettingsProblem.precedes)
        return resolution
    }

    /// The access that settings ask for, with its secret.
    ///
    /// - Parameter access: The settings.
    /// - Returns: The access.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where a key is needed and cannot be had.
    func storageAccess(_ access: AccessSettings) throws(BackupError) -> StorageAccess {
        switch access.type {
        case .systemAssigned: return .systemAssignedManagedIdentity
        case .userAssigned, nil:
            return access.clientID.map { .userAssignedManagedIdentity(clientID: $0) } ?? .systemAssignedManagedIdentity
        case .accessKey:
            if let path = access.keyFile {
                return .accessKey(try self.files.secret(in: path, "the storage account's key"))
            }
            if let key = access.key { return .accessKey(key) }
            throw BackupError(
                .invalidInput,
                "The access type AccessKey needs the account's key.",
                remedy: "Put it into the variable APIM_BACKUP_ACCESS_KEY, or into a file named by --access-key-file or "
                    + "access.keyFile."
            )
        }
    }
}
