import BackupDomain
import BackupEngine
import Foundation
import Notifications
import Settings

/// Tells people what is wrong with the instances that are watched, and what is well again.
struct IncidentDesk: Sendable {
    private let notifications: NotificationSettings
    private let zones: any TimeZoneDatabase
    private let reporter: IncidentReporter
    private let rules: AlertRules

    /// Opens the channels of the settings, and the ledger in the catalog of the first place that they name.
    ///
    /// A channel that cannot be opened keeps no other from being told: it fails when something is to be sent on it.
    ///
    /// - Parameters:
    ///   - connection: Azure.
    ///   - context: What the program is given.
    /// - Throws: ``BackupDomain/BackupError`` where the settings name no place for the ledger.
    init(_ connection: AzureConnection, context: CommandContext) async throws {
        let notifications = connection.settings.notifications
        let opener = ChannelOpener(connection: connection, files: context.files)
        let channels = notifications.channels.map { channel -> any NoticeChannel in
            do throws(BackupError) {
                return try opener.channel(channel)
            } catch {
                return UnopenedChannel(name: channel.channelName ?? "", error: error)
            }
        }
        self.notifications = notifications
        self.zones = context.zones
        self.rules = AlertRules(reminder: notifications.reminder == .zero ? nil : notifications.reminder)
        self.reporter = IncidentReporter(
            documents: try await connection.ledgerDocuments(),
            catalogs: try await connection.storages().map(\.catalog),
            channels: channels,
            routes: notifications.channels.compactMap(NoticeRoute.init),
            rules: self.rules,
            clock: connection.clock
        )
    }

    /// Writes down what a look showed, and tells whom it concerns.
    ///
    /// - Parameters:
    ///   - observation: What was seen.
    ///   - watchlist: The instances that were looked at.
    ///   - isFinal: Whether nothing more is to be waited for: the process ends.
    ///   - isWhole: Whether these are all instances of the settings, so that the morning's line can be made of them.
    /// - Returns: What was told, and when to look again.
    /// - Throws: `CancellationError`
    func report(
        _ observation: Observation,
        on watchlist: Watchlist,
        isFinal: Bool,
        isWhole: Bool
    ) async throws -> IncidentReport {
        var round = observation.round(rules: self.rules, isFinal: isFinal)
        for fault in watchlist.faults {
            round.add(
                unattended: fault.key,
                name: fault.name,
                storageAccount: fault.storageAccount,
                isInventoryOnly: fault.isInventoryOnly,
                fault.error
            )
        }
        round.observed.merge(watchlist.nicknames) { own, _ in own }
        let morning = isWhole ? self.mornings?.last(upTo: observation.at)?.at : nil
        return try await self.reporter.report(
            round,
            digest: morning.map { dueAt in
                DigestOrder(
                    dueAt: dueAt,
                    verdicts: observation.verdicts,
                    contents: observation.contents(before: dueAt)
                )
            }
        )
    }

    /// When something is to be told next, if nothing new happens.
    ///
    /// - Parameters:
    ///   - observation: What was seen last.
    ///   - report: What was told then.
    /// - Returns: The instant, which may have passed; nil for never.
    func nextLook(after observation: Observation, _ report: IncidentReport) -> Date? {
        [observation.nextLook(rules: self.rules, mornings: self.mornings), report.nextLook].compactMap(\.self).min()
    }

    /// When the morning's line is due; nil where nobody wants it.
    private var mornings: NominalTimes? {
        guard self.notifications.channels.contains(where: \.hasMorningLine),
            let zone = try? self.zones.rules(named: self.notifications.timeZone)
        else { return nil }
        return NominalTimes(.cron(self.notifications.morningAt.daily), zone: zone)
    }
}

extension NoticeRoute {
    /// What a channel of the settings is told.
    fileprivate init?(_ channel: ChannelSettings) {
        guard let name = channel.channelName else { return nil }
        self.init(channel: name)
        if channel.hasMorningLine { self.events.insert(.digest) }
        if !channel.kinds.isEmpty { self.kinds = Set(channel.kinds) }
    }
}
