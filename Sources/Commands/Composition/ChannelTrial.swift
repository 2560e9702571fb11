import BackupDomain
import FoundationEssentials
import Notifications
import Settings

/// Tries whether channels, and the heartbeat's monitor, take what is sent to them.
struct ChannelTrial: Sendable {
    /// What is tried.
    enum Probe: Sendable {
        /// A channel.
        case channel(ChannelSettings)
        /// The heartbeat's monitor.
        case heartbeat(HeartbeatSettings)
    }

    /// What came of it: an element of `notify test --format json`.
    struct Result: Sendable, Encodable {
        /// The channel's name.
        var channel: String
        /// Its type.
        var type: String
        /// Whether it took the test.
        var isDelivered: Bool { self.error == nil }
        /// Why it did not.
        var error: BackupError?

        private enum CodingKeys: String, CodingKey { case channel, type, delivered, error }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(self.channel, forKey: .channel)
            try container.encode(self.type, forKey: .type)
            try container.encode(self.isDelivered, forKey: .delivered)
            try container.encodeIfPresent(self.error, forKey: .error)
        }
    }

    let opener: ChannelOpener
    /// The id of the test's notice.
    let id: String
    /// When the test is written.
    let at: Date

    /// Tries one.
    ///
    /// - Parameter probe: What to try.
    /// - Returns: What came of it.
    func result(of probe: Probe) async -> Result {
        switch probe {
        case .channel(let settings):
            var result = Result(channel: settings.channelName ?? "", type: settings.type?.rawValue ?? "")
            result.error = await self.error {
                try await self.opener.channel(settings).send(Notice(id: self.id, event: .test, at: self.at))
            }
            return result
        case .heartbeat(let settings):
            var result = Result(channel: Heartbeat.name, type: Heartbeat.name)
            result.error = await self.error {
                let line = "\(self.at.wholeSeconds.iso8601) a test of apim-backup"
                try await self.opener.heartbeat(settings)?.send(.log, run: nil, log: [line])
            }
            return result
        }
    }

    private func error(of work: () async throws -> Void) async -> BackupError? {
        do {
            try await work()
            return nil
        } catch let error as BackupError {
            return error
        } catch is CancellationError {
            return BackupError(.interrupted, "Interrupted.")
        } catch {
            return BackupError(.noticeNotDelivered, "Something unforeseen went wrong: \(error)")
        }
    }
}

extension NotificationSettings {
    /// The names of all that something is sent to: the channels, and the heartbeat where there is one.
    var receivers: [String] {
        self.channels.compactMap(\.channelName) + (self.heartbeat.isSet ? [Heartbeat.name] : [])
    }

    /// What `notify test` tries.
    ///
    /// - Parameter name: A channel's name, or that of the heartbeat; nil for all that there is.
    /// - Returns: The channels in their order, then the heartbeat; at least one.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where there is none.
    func probes(named name: String?) throws(BackupError) -> [ChannelTrial.Probe] {
        let heartbeat = self.heartbeat.isSet ? [ChannelTrial.Probe.heartbeat(self.heartbeat)] : []
        if name == Heartbeat.name, !heartbeat.isEmpty { return heartbeat }
        let channels = try self.channels(named: name).map { ChannelTrial.Probe.channel($0) }
        let probes = channels + (name == nil ? heartbeat : [])
        guard probes.isEmpty else { return probes }
        throw BackupError(
            .invalidInput,
            "The settings name no channel, so that nobody is told of anything.",
            remedy: "List channels under notifications.channels in the settings file; docs/notifications.md shows how."
        )
    }
}
