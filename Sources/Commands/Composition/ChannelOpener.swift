import AzureClient
import BackupDomain
import FoundationEssentials
import Notifications
import Settings

/// Makes the channels and the heartbeat that settings describe, with their secrets.
struct ChannelOpener: Sendable {
    let connection: AzureConnection
    private let secrets: ChannelSecrets

    /// Creates an opener.
    ///
    /// - Parameters:
    ///   - connection: Azure, whose credential sends mail, and the network.
    ///   - files: Where the files with secrets are.
    init(connection: AzureConnection, files: SettingsFiles) {
        self.connection = connection
        self.secrets = ChannelSecrets(files: files, variables: connection.environment.variables)
    }

    /// What posts to webhooks and monitors.
    private var poster: NoticePoster {
        NoticePoster(
            transport: self.connection.network,
            clock: self.connection.patient,
            random: self.connection.random,
            program: "apim-backup \(ApimBackup.version)"
        )
    }

    /// Makes a channel.
    ///
    /// - Parameter settings: The channel, checked.
    /// - Returns: The channel.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where its secrets cannot be had or are none.
    func channel(_ settings: ChannelSettings) throws(BackupError) -> any NoticeChannel {
        let name = settings.channelName ?? ""
        switch settings.type {
        case .webhook:
            return WebhookChannel(
                name: name,
                url: try self.secrets.url(of: settings),
                signature: try self.secrets.signature(of: settings),
                poster: self.poster
            )
        case .slack:
            return ChatChannel(name: name, chat: .slack, url: try self.secrets.url(of: settings), poster: self.poster)
        case .teams:
            return ChatChannel(name: name, chat: .teams, url: try self.secrets.url(of: settings), poster: self.poster)
        case .email: return try self.email(settings, name)
        case .command:
            return CommandChannel(
                name: name,
                command: settings.command,
                timeout: settings.timeout ?? .seconds(30),
                environment: self.connection.environment.variables,
                runner: SubprocessRunner()
            )
        case nil: throw BackupError(.invalidInput, "The channel '\(name)' has no type.")
        }
    }

    /// Makes the heartbeat.
    ///
    /// - Parameter settings: The heartbeat, checked.
    /// - Returns: The heartbeat; nil where the settings name no monitor.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where its URL cannot be had or is none.
    func heartbeat(_ settings: HeartbeatSettings) throws(BackupError) -> Heartbeat? {
        try self.secrets.url(of: settings).map { Heartbeat(url: $0, poster: self.poster) }
    }

    private func email(_ settings: ChannelSettings, _ name: String) throws(BackupError) -> EmailChannel {
        guard let endpoint = settings.endpoint.flatMap(URL.init(string:)) else {
            throw BackupError(.invalidInput, "The channel '\(name)' has no endpoint.")
        }
        return EmailChannel(
            name: name,
            service: try EmailServiceClient(
                endpoint: endpoint,
                tokens: self.connection.tokens,
                transport: self.connection.transport,
                clock: self.connection.patient,
                random: self.connection.random
            ),
            sender: settings.sender ?? "",
            recipients: settings.recipients
        )
    }
}
