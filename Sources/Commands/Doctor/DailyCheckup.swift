import BackupDomain
import BackupEngine
import Doctor
import Foundation
import Settings

/// The doctor's look at instances once a day, which nobody asks for: claimed in the catalog, remembered there, and told to people
/// by what got worse.
struct DailyCheckup: Sendable {
    /// The pause after a look that could not be taken.
    private static let pauseAfterTrouble = Duration.seconds(900)

    private let connection: AzureConnection
    private let visit: DoctorVisit
    private let schedule: Schedule
    private let zone: TimeZoneRules
    private let log: EventLog

    /// What became of one instance.
    struct End: Sendable {
        /// When to come again; nil for never.
        var nextAt: Date?
        /// What got worse, or is well again.
        var changes: [CheckChange] = []
    }

    /// Prepares the looks; nil where the settings leave looking to people, or name a zone that is gone.
    ///
    /// - Parameters:
    ///   - connection: Azure.
    ///   - context: What the program is given.
    ///   - log: Takes the lines.
    init?(_ connection: AzureConnection, context: CommandContext, log: EventLog) {
        let settings = connection.settings.doctor
        guard let schedule = settings.schedule, let zone = try? context.zones.rules(named: schedule.timeZone) else {
            return nil
        }
        self.connection = connection
        let shared = SharedReadings(connection.plane, clock: connection.clock)
        self.visit = DoctorVisit(connection: connection, context: context, resources: shared)
        self.schedule = schedule
        self.zone = zone
        self.log = log
    }

    /// Looks at an instance, where that is due and nobody else does.
    ///
    /// - Parameter member: The instance.
    /// - Returns: What changed, and when to come again.
    /// - Throws: `CancellationError`
    func look(at member: Watchlist.Member) async throws -> End {
        let clock = self.connection.clock
        do {
            let times = DueTimes(self.schedule, zone: self.zone, instance: member.id)
            let opened = try await self.connection.open(member.backup, subscription: member.id.subscription)
            let board = CheckupBoard(documents: opened.documents)
            if case .later(let nextAt) = try await board.begin(times, at: clock.now) { return End(nextAt: nextAt) }
            let observations = try await self.visit.observations(
                on: InstanceSettings(member.id.text, member.backup),
                member.id
            )
            let (record, changes) = try await board.end(observations, of: member.id, at: clock.now)
            self.log.note(record, changes)
            return End(nextAt: record.due(times, at: clock.now), changes: changes)
        } catch let error as BackupError where error.code != .interrupted {
            self.log.unexamined(error, again: Self.pauseAfterTrouble, instance: member.id.name)
            return End(nextAt: clock.now + Self.pauseAfterTrouble.timeInterval)
        }
    }
}
