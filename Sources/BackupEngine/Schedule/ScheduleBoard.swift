package import BackupDomain
package import FoundationEssentials

/// What became of the times of all schedules, as it is kept in the catalog: one document an instance.
package struct ScheduleBoard: Sendable {
    private let documents: CatalogDocuments
    private let pauses: PauseBoard

    /// Opens the histories.
    ///
    /// - Parameter documents: The catalog's documents.
    package init(documents: CatalogDocuments) {
        self.documents = documents
        self.pauses = PauseBoard(documents: documents)
    }

    /// Reads the history of an instance's schedule.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The history; nil where no scheduler has seen a schedule of it.
    /// - Throws: ``BackupDomain/BackupError``
    package func history(of instance: InstanceKey) async throws -> ScheduleHistory? {
        try await self.documents.read(ScheduleHistory.self, at: CatalogPath.schedule(of: instance))?.document
    }

    /// Reads the histories of all schedules.
    ///
    /// - Returns: The histories by the instance's key.
    /// - Throws: ``BackupDomain/BackupError``
    package func all() async throws -> [InstanceKey: ScheduleHistory] {
        let found = try await self.documents.all(ScheduleHistory.self, below: CatalogPath.schedules)
        return Dictionary(
            found.compactMap { name, history in InstanceKey(text: name).map { ($0, history) } }
        ) { first, _ in first }
    }

    /// Decides what became of the times that have passed, and writes it down: whoever is first, for all.
    ///
    /// - Parameters:
    ///   - instance: The instance with its schedule.
    ///   - zones: What knows the zone of a schedule that the instance had before.
    ///   - isUnderWay: Whether a run of the instance is under way in this process.
    ///   - now: The present instant.
    /// - Returns: What this call decided, and the history with it.
    /// - Throws: ``BackupDomain/BackupError``
    package func decide(
        _ instance: ScheduledInstance,
        zones: any TimeZoneDatabase,
        isUnderWay: Bool,
        at now: Date
    ) async throws -> (plan: DuePlan, history: ScheduleHistory) {
        let path = CatalogPath.schedule(of: InstanceKey(instance.id))
        let due = DueTimes(instance.schedule, zone: instance.zone, instance: instance.id)
        let fresh = ScheduleHistory(due, at: now)
        let found = try await self.document(at: path)
        let pauses = try await self.pauses.history(of: instance.id)
        func decided(_ history: inout ScheduleHistory) -> DuePlan {
            if !history.isOf(instance.schedule) {
                let former = history.schedule.timeZone.map { try? zones.rules(named: $0) } ?? .utc
                history.change(to: due, formerZone: former, at: now)
            }
            let plan = DuePlan(
                instance.schedule,
                zone: instance.zone,
                history: history,
                pauses: pauses,
                occupation: !isUnderWay ? .free : history.open.count > 1 ? .queued : .underWay,
                at: now
            )
            history.decide(plan.entries, until: plan.decidedUntil)
            return plan
        }
        var history = found ?? fresh
        var plan = decided(&history)
        // Mostly there is nothing to write down.
        if history == found { return (plan, history) }
        history = try await self.documents.change(at: path, from: fresh) { plan = decided(&$0) }
        return (plan, history)
    }

    /// Writes down that a time whose run was ordered needs nobody's care any more.
    ///
    /// - Parameters:
    ///   - time: The nominal time.
    ///   - instance: The instance's resource id.
    ///   - entry: What became of it in place of a run; nil where its run's record tells.
    /// - Throws: ``BackupDomain/BackupError``
    package func close(_ time: Date, of instance: ResourceID, as entry: ScheduleEntry? = nil) async throws {
        let path = CatalogPath.schedule(of: InstanceKey(instance))
        guard let history = try await self.documents.read(ScheduleHistory.self, at: path)?.document,
            history.open.contains(time)
        else { return }
        try await self.documents.change(at: path, from: history) { $0.close(time, as: entry) }
    }

    /// Reads a history; nil where nobody has written one yet.
    private func document(at path: String) async throws -> ScheduleHistory? {
        try await self.documents.read(ScheduleHistory.self, at: path)?.document
    }
}
