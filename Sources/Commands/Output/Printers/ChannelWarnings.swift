import BackupDomain
import Notifications

/// What a person should know of channels that do not take what is sent to them.
struct ChannelWarnings {
    /// The warnings, each a line.
    let lines: [String]

    /// Looks into the ledger of incidents.
    ///
    /// - Parameters:
    ///   - ledger: The ledger.
    ///   - channels: The channels that the settings name; what is known of others is of no account any more.
    init(_ ledger: IncidentLedger, channels: [String]) {
        self.lines = channels.compactMap { channel in
            guard let health = ledger.channels[channel], let since = health.failingSince else { return nil }
            let why = health.error.map { " \($0.message)" } ?? ""
            let begin = since.wholeSeconds.iso8601
            guard channel != Heartbeat.name else {
                return "warning: The heartbeat's monitor has heard nothing since \(begin).\(why)"
            }
            let waiting = ledger.notices.count { $0.deliveries[channel]?.state == .pending }
            let notices = waiting == 1 ? "1 notice waits" : "\(waiting) notices wait"
            return "warning: The channel '\(channel)' has taken nothing since \(begin); \(notices).\(why)"
        }
    }
}
