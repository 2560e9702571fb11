import Settings

/// How long a backup is followed, as a command line says it.
struct TimeoutOption: SettingOptions {
    /// What was given.
    var timeout: String?

    var flags: [SettingFlag?] { [SettingFlag("timeout", "--timeout", self.timeout)] }
}
