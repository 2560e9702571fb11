import AzureClient
import BackupDomain
import BackupEngine
import FoundationEssentials
import Settings

/// One restore: the plan from what is read, and the restore as it was confirmed.
struct RestoreWork: Sendable {
    let run: InstanceRun
    let request: RestoreRequest

    /// The instance that a backup goes into, and where its own runs are recorded.
    struct Target: Sendable {
        var settings: InstanceSettings
        var id: ResourceID
        var opened: OpenedStorage
        var access: StorageAccess
    }

    /// A restore that could begin once it is confirmed.
    struct Prepared: Sendable {
        var plan: RestorePlan
        var target: Target
        /// The containers that the backup is in.
        var source: OpenedStorage
    }

    /// Prepares to try a backup on a scratch instance, of which nothing is worth a safety backup.
    ///
    /// - Parameters:
    ///   - selector: Which backup.
    ///   - source: The instance that it is of.
    ///   - scratch: The instance that it goes into.
    ///   - run: What backs up and follows.
    /// - Returns: The restore.
    static func trying(
        _ selector: RestoreSelector,
        of source: String,
        on scratch: String,
        _ run: InstanceRun
    ) -> Self {
        var wishes = RestoreWishes()
        wishes.wantsSafetyBackup = false
        return Self(
            run: run,
            request: RestoreRequest(selector: selector, source: source, target: scratch, wishes: wishes)
        )
    }

    private var connection: AzureConnection { self.run.connection }

    /// Finds the target.
    ///
    /// - Returns: The target.
    /// - Throws: ``BackupDomain/BackupError``
    func target() async throws -> Target {
        let wanted = try self.connection.settings.wanted(
            [self.request.target],
            resourceGroup: self.request.resourceGroup
        )
        let settings = try wanted[0].settings.get()
        let access = try self.run.context.storageAccess(settings.backup.access)
        let (id, opened) = try await self.found(settings)
        return Target(settings: settings, id: id, opened: opened, access: access)
    }

    private func found(_ settings: InstanceSettings) async throws -> (ResourceID, OpenedStorage) {
        do {
            let (id, opened) = try await self.run.find(settings)
            // An id that was given is taken at its word.
            if settings.id != nil { _ = try await self.connection.plane.instance(id) }
            return (id, opened)
        } catch let error as BackupError where error.code == .instanceNotFound {
            throw await self.connection.gone(settings.reference, error)
        }
    }

    /// The restore of the target that was posted, or perhaps was, and has no end on record yet.
    ///
    /// - Parameter target: The target.
    /// - Returns: Its record; nil where there is none.
    /// - Throws: ``BackupDomain/BackupError`` with code `recordTooNew` where one of a newer version may be under way.
    func openRestore(of target: Target) async throws -> RunRecord? {
        let key = InstanceKey(target.id)
        let open = try await target.opened.restores.unfinishedRuns(of: key, at: self.connection.clock.now)
        // One of a newer version may be under way, and only that release can follow it.
        if let refused = open.refused.first { throw refused.error(of: target.id.name) }
        return open.records.first { record in record.attempts.contains { $0.submission != .rejected } }
    }

    /// Reads what a restore depends on, and makes the plan.
    ///
    /// - Parameter target: The target.
    /// - Returns: The plan with what it was made of.
    /// - Throws: ``BackupDomain/BackupError`` where there is no such backup, or something cannot be read.
    func prepare(_ target: Target) async throws -> Prepared {
        let found = try await self.find(target)
        let (instance, _) = try await self.connection.plane.instance(target.id)
        let plan = RestorePlan(
            choice: found.choice,
            source: RestorePlan.Source(
                name: found.record?.instance.name ?? found.key.instanceName,
                account: found.opened.account,
                instance: found.record?.instance,
                document: found.record?.service
            ),
            target: instance,
            access: target.access,
            reach: try await self.reach(
                of: instance,
                target.access,
                in: found.opened,
                found.choice.point.container
            ),
            apiVersion: self.connection.settings.apiVersion,
            wishes: self.request.wishes,
            usualDuration: await self.usualDuration(target),
            at: found.at
        )
        return Prepared(plan: plan, target: target, source: found.opened)
    }

    /// Only for the person's patience: without earlier restores, or the right to read them, it says less.
    private func usualDuration(_ target: Target) async -> Duration? {
        let catalog = target.opened.restores.catalog
        let key = InstanceKey(target.id)
        let runs = (try? await catalog.newestRuns(of: key, limit: 5)) ?? []
        let records = (try? await runs.map(width: 5) { try await catalog.record($0, of: key)?.record }) ?? []
        return UsualDuration.median(of: records.compactMap(\.self))
    }

    private typealias Found = (
        choice: RestoreChoice, key: InstanceKey, record: RunRecord?, opened: OpenedStorage, at: Date
    )

    private func find(_ target: Target) async throws -> Found {
        if self.request.source == nil, case .named(let name) = self.request.selector {
            return try await self.connection.whereFound(name) { opened in
                try await self.choose(opened.points.backup(named: name).instance.text, in: opened)
            }
        }
        let reference = self.request.source ?? target.id.text
        return try await self.connection.whereFound(reference) { try await self.choose(reference, in: $0) }
    }

    private func choose(_ reference: String, in opened: OpenedStorage) async throws -> Found {
        let source = opened.points
        let seen = try await source.look(for: reference)
        let keys = try seen.instances(named: reference)
        guard let key = keys.first, keys.count == 1 else {
            throw BackupError(
                .instanceAmbiguous,
                "\(keys.count) instances named '\(reference)' have backups: \(keys.map(\.text).joined(separator: ", ")).",
                remedy: "Name one with --from by its key or by its full resource id."
            )
        }
        let safety = try await SafetyBackups(of: key, in: opened.restores)
        let choice = try RestoreChoice.choose(
            self.request.selector,
            from: safety.marking(try await source.points(of: key, in: seen).points),
            of: key.instanceName,
            allowsUnverified: self.request.wishes.allowsUnverified,
            at: seen.at
        )
        let record =
            if let run = choice.point.run { try await opened.catalog.record(run, of: key)?.record } else {
                nil as RunRecord?
            }
        return (choice, key, record, opened, seen.at)
    }
}
