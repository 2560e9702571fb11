package import BackupDomain
import FoundationEssentials

/// Plans what to delete, and deletes it under the instance's lock, one backup after the other.
///
/// Right before each deletion everything that the plan went by is read again, the good backups that it counts on among it,
/// and the blob is deleted only in the version that the plan saw. The intent is written before, the result after: see
/// ``BackupDomain/BackupDeletions``. Ages go by the blob service's clock.
package struct BackupPruner: Sendable {
    let source: RecoveryPointSource
    let principal: RecordedPrincipal
    let clock: any WallClock
    private let catalogContainer: String

    /// Creates a pruner.
    ///
    /// - Parameters:
    ///   - source: The recovery points.
    ///   - catalogContainer: The container of records, where the locks are.
    ///   - principal: Who prunes.
    ///   - clock: The time.
    package init(
        source: RecoveryPointSource,
        catalogContainer: String,
        principal: RecordedPrincipal,
        clock: any WallClock
    ) {
        self.source = source
        self.catalogContainer = catalogContainer
        self.principal = principal
        self.clock = clock
    }

    /// Plans without a lock and without changing anything.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - policy: What is to be kept.
    ///   - seen: What a look at the container showed a moment ago.
    /// - Returns: The plan.
    /// - Throws: ``BackupDomain/BackupError``
    package func plan(
        _ instance: InstanceKey,
        _ policy: RetentionPolicy,
        in seen: BackupContainer
    ) async throws -> RetentionPlan {
        var known = try await self.source.points(of: instance, in: seen)
        let restores = try await self.source.openRestores(at: self.clock.now)
        known.points = known.points.map { point in
            var point = point
            point.openRestores = restores.filter { $0.reads(point) }
            return point
        }
        var looked: Set<String> = []
        while true {
            let plan = RetentionPlan(
                points: known.points,
                policy: policy,
                newestRun: known.newestRun,
                acknowledgement: known.acknowledgement,
                now: seen.at
            )
            // Listings do not tell what protects a blob; only those that would go are worth a look each.
            let fresh = plan.releases.map(\.point.name).filter { !looked.contains($0) }
            guard !fresh.isEmpty else { return plan }
            for name in fresh {
                looked.insert(name)
                guard let index = known.points.firstIndex(where: { $0.name == name }) else { continue }
                switch try await self.source.blobs.properties(of: name, in: seen.name) {
                case .present(let blob): known.points[index].blob = blob
                case .absent: known.points[index].blob = nil
                }
            }
        }
    }

    /// Plans and deletes under the instance's lock.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - policy: What is to be kept.
    ///   - announce: Told the plan before anything is deleted.
    /// - Returns: The plan and what was done.
    /// - Throws: ``BackupDomain/BackupError`` with code `busy` where somebody else holds the lock, `conflict` where it was
    ///   lost, and others.
    package func prune(
        _ instance: InstanceKey,
        _ policy: RetentionPolicy,
        announce: @escaping @Sendable (RetentionPlan) async -> Void
    ) async throws -> PruneReport {
        let lock = InstanceLock(
            of: instance,
            blobs: self.source.blobs,
            container: self.catalogContainer,
            clock: self.clock
        )
        guard let lease = try await lock.acquire() else {
            throw BackupError(
                .busy,
                "A run or another prune of \(instance.instanceName) is at work, or died less than a minute ago; nothing was "
                    + "deleted.",
                remedy: "Prune again later; 'apim-backup lock status' shows who is at work."
            )
        }
        do {
            return try await lock.hold(lease) {
                // What was seen before the lock was taken may be of yesterday.
                let began = self.clock.uptime
                let seen = try await self.source.look()
                let plan = try await self.plan(instance, policy, in: seen)
                await announce(plan)
                for decision in plan.decisions { try await self.reconcile(decision, of: instance, at: seen.at) }
                let report = try await self.carryOut(plan, of: instance)
                // By the service's clock, and rather too late: no look from before may seem the newer one.
                return try await self.noted(report, at: seen.at + (self.clock.uptime - began).timeInterval)
            }
        } catch is InstanceLock.Lost {
            throw BackupError(
                .conflict,
                "The lock of \(instance.instanceName) was lost while pruning. What was deleted until then is written down.",
                remedy: "Prune again; 'apim-backup verify \(instance.instanceName)' shows what is left."
            )
        }
    }

    /// Takes what was deleted out of the instance's summary, so that nobody counts on it.
    private func noted(_ report: PruneReport, at date: Date) async throws -> PruneReport {
        let gone = report.results.filter { $0.state == .deleted }.map(\.point).filter { !$0.isAdopted }
        guard !gone.isEmpty else { return report }
        var report = report
        do {
            try await self.source.catalog.changeSummary(of: report.instance, at: date) { summary in
                for point in gone { summary.note(.pruned, of: point, at: date) }
            }
        } catch let error as BackupError {
            report.failure = report.failure ?? error
        }
        return report
    }

    private func carryOut(_ plan: RetentionPlan, of instance: InstanceKey) async throws -> PruneReport {
        var report = PruneReport(instance: instance, plan: plan)
        for decision in plan.releases {
            try Task.checkCancellation()
            if report.denial != nil {
                report.results.append(try await self.handOver(decision, of: instance))
                continue
            }
            do {
                report.results.append(try await self.delete(decision, countingOn: plan.pillars, of: instance))
            } catch let outdated as PlanOutdated {
                report.failure = BackupError(
                    .conflict,
                    "While pruning, \(outdated.reason); nothing more was deleted.",
                    remedy: "'apim-backup verify \(instance.instanceName)' shows what is left; then prune again."
                )
                report.results.append(PruneResult(point: decision.point, state: .kept, detail: outdated.reason))
                return report
            } catch let error as BackupError where error.code == .permissionDenied {
                report.denial = error
                report.results.append(try await self.handOver(decision, of: instance))
            } catch let error as BackupError {
                report.failure = error
                report.results.append(
                    PruneResult(point: decision.point, state: .failed, detail: error.message)
                )
                return report
            }
        }
        return report
    }
}
