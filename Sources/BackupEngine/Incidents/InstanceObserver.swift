package import BackupDomain
import FoundationEssentials

/// Looks at all watched instances, from the catalogs and the newest good backup of each: four to six calls for each.
package struct InstanceObserver: Sendable {
    /// How many instances are looked at at once.
    private static let width = 16

    private let clock: any WallClock

    /// Creates an observer.
    ///
    /// - Parameter clock: The time.
    package init(clock: any WallClock) { self.clock = clock }

    /// Looks at places, one after the other; one that cannot be read does not keep us from the others.
    ///
    /// - Parameters:
    ///   - places: The places.
    ///   - ledger: The ledger of incidents: a shrink guard that was told of stays tripped until somebody acknowledges,
    ///     however many small backups push the large ones out of the summary.
    /// - Returns: What was seen.
    /// - Throws: `CancellationError`
    package func observe(_ places: [WatchedPlace], ledger: IncidentLedger) async throws -> Observation {
        var observation = Observation(at: self.clock.now)
        for place in places {
            do {
                for look in try await self.looks(place, ledger, at: observation.at) {
                    switch look {
                    case .success(let line): observation.lines.append(line)
                    case .failure(let unreadable): observation.unreadable.append(unreadable)
                    }
                }
            } catch let error as BackupError {
                observation.unreadable.append(
                    Observation.Unreadable(
                        account: place.storage.account.name,
                        instances: place.instances.map(\.id),
                        error: error
                    )
                )
            }
        }
        return observation
    }

    private func looks(
        _ place: WatchedPlace,
        _ ledger: IncidentLedger,
        at now: Date
    ) async throws -> [Result<Observation.Line, Observation.Unreadable>] {
        let blobs = place.storage.blobs
        let documents = CatalogDocuments(storage: blobs, container: place.catalogContainer)
        let catalog = BlobCatalog(storage: blobs, container: place.catalogContainer)
        let pauses = try await PauseBoard(documents: documents).all(at: now)
        let adopted = try await documents.all(AdoptedBackups.self, below: CatalogPath.adopted)
        let drills = try await documents.all(DrillHistory.self, below: CatalogPath.drills)
        let told = ledger.open.first { $0.cause.code == RetentionReason.Code.shrinkGuard.rawValue }?.members ?? [:]
        return try await place.instances.map(width: Self.width) { instance in
            let key = InstanceKey(instance.id)
            var watch = InstanceWatch(instance: instance.id, storageAccount: place.storage.account.name)
            let known = try await catalog.runs(of: key, at: now)
            if let refused = known.newestRefused {
                // Of how its newest run went nothing can be said: neither an alarm nor that all is well.
                return .failure(
                    Observation.Unreadable(
                        account: place.storage.account.name,
                        instances: [instance.id],
                        error: refused.error(of: instance.id.name)
                    )
                )
            }
            var look: NewestBackupLook?
            if let summary = known.summary {
                look = try await NewestBackupLook(summary, at: now, in: instance.isInventoryOnly ? nil : blobs)
            }
            watch.summary = look?.summary
            watch.pause = pauses[key]
            watch.adopted = adopted[key.text]
            watch.ageLimit = AgeLimit(maxAge: instance.maxAge, interval: nil)
            watch.isPruned = instance.retention.hasRules
            watch.isInventoryOnly = instance.isInventoryOnly
            if let allowed = instance.drillAge {
                watch.drill = DrillWatch(drills[key.text] ?? DrillHistory(), allowedAge: allowed)
            }
            if let ignored = instance.ignoredChecks {
                watch.checkup = try await CheckupBoard(documents: documents).record(of: key)
                watch.ignoredChecks = ignored
            }
            var history: ScheduleHistory?
            if let scheduled = instance.schedule {
                history = try await ScheduleBoard(documents: documents).history(of: key)
                watch.expect(scheduled.schedule, zone: scheduled.zone, history: history, at: now)
                watch.ageLimit.interval = scheduled.schedule.longestInterval(zone: scheduled.zone, around: now)
            }
            var shrinkage: ShrinkGuard.Alarm?
            if let summary = watch.summary {
                shrinkage = try await self.alarm(
                    summary,
                    instance,
                    place,
                    (catalog, documents),
                    wasTold: told[key.text] != nil
                )
            }
            // Where nothing is pruned, no good backup is in danger of going: the verdict says it, and nobody is woken.
            if watch.isPruned { watch.shrink = shrinkage }
            let status = ProtectionStatus(
                watch.summary,
                adopted: watch.adopted,
                findings: look?.findings ?? [:],
                shrinkage: shrinkage,
                pause: watch.pause,
                drills: drills[key.text],
                history: history,
                expectation: ProtectionStatus.Expectation(
                    ageLimit: watch.ageLimit,
                    isInventoryOnly: instance.isInventoryOnly
                ),
                at: now
            )
            return .success(Observation.Line(watch: watch, verdict: status.verdict))
        }
    }

    /// What trips the shrink guard: by the summary, and where that no longer shows what was told, by all that there is.
    private func alarm(
        _ summary: InstanceSummary,
        _ instance: WatchedPlace.Watched,
        _ place: WatchedPlace,
        _ catalog: (records: BlobCatalog, documents: CatalogDocuments),
        wasTold: Bool
    ) async throws -> ShrinkGuard.Alarm? {
        let threshold = instance.retention.shrinkGuard
        let isTripped = ShrinkGuard(threshold: threshold, acknowledgement: nil).alarm(summary) != nil
        guard isTripped || wasTold else { return nil }
        let path = CatalogPath.acknowledgements(of: summary.instanceKey)
        let entry = try await catalog.documents.read(ShrinkAcknowledgements.self, at: path)?.document.entries.last
        let alarm = ShrinkGuard(threshold: threshold, acknowledgement: entry).alarm(summary)
        guard alarm == nil, wasTold else { return alarm }
        let source = RecoveryPointSource(
            blobs: place.storage.blobs,
            catalog: catalog.records,
            documents: catalog.documents,
            container: place.container,
            clock: self.clock
        )
        let known = try await source.points(of: summary.instanceKey, in: source.look())
        return ShrinkGuard(threshold: threshold, acknowledgement: known.acknowledgement).alarm(known.points)
    }
}
