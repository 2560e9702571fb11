import BackupDomain
import BackupEngine
import Foundation
import Notifications
import Settings

/// Looks at the instances that are watched, and tells people what is wrong and what is well again.
struct IncidentDesk: Sendable {
    private let connection: AzureConnection
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
        let settings = connection.settings
        let opener = ChannelOpener(connection: connection, files: context.files)
        let channels = settings.notifications.channels.map { channel -> any NoticeChannel in
            do throws(BackupError) {
                return try opener.channel(channel)
            } catch {
                return UnopenedChannel(name: channel.channelName ?? "", error: error)
            }
        }
        self.connection = connection
        self.zones = context.zones
        self.rules = AlertRules(
            reminder: settings.notifications.reminder == .zero ? nil : settings.notifications.reminder
        )
        let opened = try await connection.storages()
        self.reporter = IncidentReporter(
            documents: try await connection.ledgerDocuments(),
            catalogs: opened.map(\.catalog),
            channels: channels,
            routes: settings.notifications.channels.compactMap(NoticeRoute.init),
            rules: self.rules,
            clock: connection.clock
        )
    }

    /// Looks at instances, from their catalogs alone.
    ///
    /// - Parameter watchlist: The instances.
    /// - Returns: What was seen.
    /// - Throws: `CancellationError`
    func observe(_ watchlist: Watchlist) async throws -> Observation {
        let ledger = try? await self.reporter.ledger()
        var places: [WatchedPlace] = []
        var unreadable: [Observation.Unreadable] = []
        for (storage, members) in Dictionary(grouping: watchlist.members, by: \.backup.storage) {
            do {
                let opened = try await self.connection.open(members[0].backup, subscription: members[0].id.subscription)
                places.append(
                    WatchedPlace(
                        storage: opened.storage,
                        container: storage.container,
                        catalogContainer: storage.catalogContainer,
                        instances: members.map(self.watched)
                    )
                )
            } catch let error as BackupError {
                unreadable.append(.init(account: storage.account ?? "", instances: members.map(\.id), error: error))
            }
        }
        var observation = try await InstanceObserver(clock: self.connection.clock).observe(
            places,
            ledger: ledger ?? IncidentLedger()
        )
        observation.unreadable += unreadable
        return observation
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
            round.add(unattended: fault.key, name: fault.name, storageAccount: fault.storageAccount, fault.error)
        }
        round.observed.merge(watchlist.nicknames) { own, _ in own }
        let digest =
            isWhole
            ? self.morning(upTo: observation.at).map { DigestOrder(dueAt: $0, verdicts: observation.verdicts) } : nil
        return try await self.reporter.report(round, digest: digest)
    }

    /// The newest time at which the morning's line was due; nil where nobody wants it.
    private func morning(upTo now: Date) -> Date? { self.mornings?.last(upTo: now)?.at }

    /// When the next morning's line is due; nil where nobody wants it.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The time.
    func nextMorning(after now: Date) -> Date? { self.mornings?.first(after: now)?.at }

    private var mornings: NominalTimes? {
        let notifications = self.connection.settings.notifications
        guard notifications.channels.contains(where: \.hasMorningLine),
            let zone = try? self.zones.rules(named: notifications.timeZone)
        else { return nil }
        return NominalTimes(.cron(notifications.morningAt.daily), zone: zone)
    }

    private func watched(_ member: Watchlist.Member) -> WatchedPlace.Watched {
        let schedule = member.backup.schedule.schedule
        // Where the zone is gone, nothing is expected; the settings are refused for it.
        let zone = try? self.zones.rules(named: schedule.timeZone)
        return WatchedPlace.Watched(
            id: member.id,
            schedule: zone.map { ScheduledInstance(id: member.id, schedule: schedule, zone: $0) },
            maxAge: member.maxAge,
            retention: member.backup.retention
        )
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
