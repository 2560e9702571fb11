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

    /// How long it may take to find where the ledger lies: nobody is told meanwhile.
    private static let patience = Duration.seconds(60)

    /// Opens the channels of the settings; the ledger, in the catalog of the first place that they name, is opened when it is needed.
    ///
    /// A channel that cannot be opened keeps no other from being told: it fails when something is to be sent on it. Nor does an account
    /// that cannot be reached, or a credential that is not accepted: that is just what people are to be told.
    ///
    /// - Parameters:
    ///   - connection: Azure.
    ///   - context: What the program is given.
    init(_ connection: AzureConnection, context: CommandContext) {
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
            documents: { try await Self.opened(connection) { try await connection.ledgerDocuments() } },
            catalogs: { try await Self.opened(connection) { try await connection.storages().map(\.catalog) } },
            channels: channels,
            routes: notifications.channels.compactMap(NoticeRoute.init),
            rules: self.rules,
            refuge: connection.ledgerRefuge,
            clock: connection.clock
        )
    }

    private static func opened<Value: Sendable>(
        _ connection: AzureConnection,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await connection.clock.within(Self.patience, body)
        } catch is CancellationError {
            try Task.checkCancellation()
            throw BackupError(
                .timedOut,
                "Azure has not said within \(Self.patience.formattedBriefly) where the ledger of incidents lies."
            )
        }
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
        let paused = Set(observation.instances.filter { $0.watch.pause != nil }.map(\.watch.key))
        for fault in watchlist.faults {
            round.add(
                unattended: fault.key,
                name: fault.name,
                storageAccount: fault.storageAccount,
                isInventoryOnly: fault.isInventoryOnly,
                isMuted: paused.contains(fault.key),
                fault.error
            )
        }
        for (nickname, instance) in watchlist.nicknames { round.add(nickname: nickname, of: instance) }
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
