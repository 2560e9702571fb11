import BackupDomain
import Notifications
import Settings

/// The secrets that channels and the heartbeat need, from the files and variables that settings name.
struct ChannelSecrets: Sendable {
    let files: SettingsFiles
    let variables: [String: String]

    /// The URL of a channel's webhook.
    ///
    /// - Parameter channel: A channel that has one.
    /// - Returns: The URL.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where it cannot be had or is none.
    func url(of channel: ChannelSettings) throws(BackupError) -> SecretURL {
        let purpose = "the channel '\(channel.channelName ?? "")'"
        guard let secret = try self.secret(channel.urlFile, channel.urlVariable, "the URL of \(purpose)") else {
            throw BackupError(.invalidInput, "Nothing says where the URL of \(purpose) is.")
        }
        return try SecretURL(secret.reveal(), for: purpose)
    }

    /// What signs the messages of a channel.
    ///
    /// - Parameter channel: The channel.
    /// - Returns: The signature; nil where the settings name no secret.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where it cannot be had or cannot sign.
    func signature(of channel: ChannelSettings) throws(BackupError) -> WebhookSignature? {
        let name = channel.channelName ?? ""
        let what = "the secret of the channel '\(name)'"
        guard let secret = try self.secret(channel.secretFile, channel.secretVariable, what) else { return nil }
        return try WebhookSignature(secret, channel: name)
    }

    /// The ping URL of the heartbeat.
    ///
    /// - Parameter heartbeat: The heartbeat.
    /// - Returns: The URL; nil where the settings name no monitor.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where it cannot be had or is none.
    func url(of heartbeat: HeartbeatSettings) throws(BackupError) -> SecretURL? {
        let purpose = "the heartbeat"
        let filed = try self.secret(heartbeat.urlFile, nil, "the URL of \(purpose)")
        guard let secret = heartbeat.url ?? filed else { return nil }
        return try SecretURL(secret.reveal(), for: purpose)
    }

    private func secret(_ file: String?, _ variable: String?, _ what: String) throws(BackupError) -> Secret? {
        if let file { return try self.files.secret(in: file, what) }
        guard let variable else { return nil }
        guard let value = self.variables[variable], !value.isEmpty else {
            throw BackupError(
                .invalidInput,
                "The variable \(variable), which should hold \(what), is not set.",
                remedy: "Set it where this runs, or name another in the settings."
            )
        }
        return Secret(value)
    }
}
