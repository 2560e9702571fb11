import AzureClient
import BackupDomain
import FoundationEssentials
import Notifications
import Settings

/// Looks whether the servers of channels and of the heartbeat's monitor can be reached, without telling them anything.
struct ChannelReach: Sendable {
    private let connection: AzureConnection
    private let secrets: ChannelSecrets

    /// Creates a look.
    ///
    /// - Parameters:
    ///   - connection: The network.
    ///   - files: Where the files with secrets are.
    init(_ connection: AzureConnection, files: SettingsFiles) {
        self.connection = connection
        self.secrets = ChannelSecrets(files: files, variables: connection.environment.variables)
    }

    /// Looks at all of the settings.
    ///
    /// - Returns: A warning for each server that did not answer; what cannot be read of a secret is told elsewhere.
    func problems() async -> [SettingsProblem] {
        let notifications = self.connection.settings.notifications
        let top = SettingPath("notifications")
        var problems: [SettingsProblem] = []
        for (index, channel) in notifications.channels.enumerated() {
            let path = top.appending("channels").element(index)
            let what = "the server of the channel '\(channel.channelName ?? "")'"
            if let url = channel.endpoint.flatMap(URL.init(string:)), let origin = Origin(url) {
                problems += await self.problem(origin, what, at: path.appending("endpoint"))
            } else if channel.urlFile != nil || channel.urlVariable != nil, let url = try? self.secrets.url(of: channel)
            {
                let field = channel.urlFile == nil ? "urlVariable" : "urlFile"
                problems += await self.problem(url.origin, what, at: path.appending(field))
            }
        }
        if let url = try? self.secrets.url(of: notifications.heartbeat) {
            let field = notifications.heartbeat.urlFile == nil ? "url" : "urlFile"
            let path = top.appending("heartbeat").appending(field)
            problems += await self.problem(url.origin, "the heartbeat's monitor", at: path)
        }
        return problems
    }

    private func problem(_ origin: Origin, _ what: String, at path: SettingPath) async -> [SettingsProblem] {
        guard let failure = await ServerReach(self.connection.network).failure(at: origin) else { return [] }
        let why = failure.message.hasSuffix(".") ? String(failure.message.dropLast()) : failure.message
        return [
            SettingsProblem(
                .warning,
                at: self.connection.settings.origins.nearest(to: path),
                field: path.text,
                what: "\(what) cannot be reached: \(why)",
                fix: failure.remedy ?? "Let this machine reach \(origin), or name another; 'notify test' tries again."
            )
        ]
    }
}
