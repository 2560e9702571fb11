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
    /// One whose blob service has another time than this machine counts as one that cannot be read.
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
                    case .success(let instance): observation.instances.append(instance)
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

    /// What is read of a place once, for all its instances.
    private struct PlaceReading: Sendable {
        let catalog: BlobCatalog
        let documents: CatalogDocuments
        let pauses: [InstanceKey: SchedulePause]
        /// By the text of the instance's key, as the drills are.
        let adopted: [String: AdoptedBackups]
        let drills: [String: DrillHistory]

        init(_ place: WatchedPlace, by clock: any WallClock, at now: Date) async throws {
            let blobs = place.storage.blobs
            self.catalog = BlobCatalog(storage: blobs, container: place.catalogContainer)
            self.documents = CatalogDocuments(storage: blobs, container: place.catalogContainer)
            // By a clock that is off neither an alarm could be raised nor could all be called well.
            self.adopted = try await self.documents.all(
                AdoptedBackups.self,
                below: CatalogPath.adopted,
                checking: clock
            )
            self.pauses = try await PauseBoard(documents: self.documents).all(at: now)
            self.drills = try await self.documents.all(DrillHistory.self, below: CatalogPath.drills)
        }
    }

    private func looks(
        _ place: WatchedPlace,
        _ ledger: IncidentLedger,
        at now: Date
    ) async throws -> [Result<JudgedInstance, Observation.Unreadable>] {
        let reading = try await PlaceReading(place, by: self.clock, at: now)
        let told = ledger.open.first { $0.cause.code == RetentionReason.Code.shrinkGuard.rawValue }?.members ?? [:]
        return try await place.instances.map(width: Self.width) { instance in
            let key = InstanceKey(instance.id)
            let known = try await reading.catalog.runs(of: key, at: now)
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
                let blobs = instance.isInventoryOnly ? nil : place.storage.blobs
                look = try await NewestBackupLook(summary, at: now, in: blobs)
            }
            var shrinkage: ShrinkGuard.Alarm?
            if let summary = look?.summary {
                shrinkage = try await self.alarm(summary, instance, place, reading, wasTold: told[key.text] != nil)
            }
            return .success(try await self.judged(instance, look, shrinkage, place, reading, at: now))
        }
    }

    /// Puts together what alerts go by, and judges by the same as `status` does.
    private func judged(
        _ instance: WatchedPlace.Watched,
        _ look: NewestBackupLook?,
        _ shrinkage: ShrinkGuard.Alarm?,
        _ place: WatchedPlace,
        _ reading: PlaceReading,
        at now: Date
    ) async throws -> JudgedInstance {
        let key = InstanceKey(instance.id)
        var watch = InstanceWatch(instance: instance.id, storageAccount: place.storage.account.name)
        watch.summary = look?.summary
        watch.pause = reading.pauses[key]
        watch.adopted = reading.adopted[key.text]
        watch.ageLimit = AgeLimit(maxAge: instance.maxAge, interval: nil)
        watch.isPruned = instance.retention.hasRules
        watch.isInventoryOnly = instance.isInventoryOnly
        // Where nothing is pruned, no good backup is in danger of going: the verdict says it, and nobody is woken.
        if watch.isPruned { watch.shrink = shrinkage }
        watch.drill = instance.drillAge.map { allowed in
            DrillWatch(reading.drills[key.text] ?? DrillHistory(), allowedAge: allowed)
        }
        if let ignored = instance.ignoredChecks {
            watch.checkup = try await CheckupBoard(documents: reading.documents).record(of: key)
            watch.ignoredChecks = ignored
        }
        var history: ScheduleHistory?
        if let scheduled = instance.schedule {
            history = try await ScheduleBoard(documents: reading.documents).history(of: key)
            watch.expect(scheduled.schedule, zone: scheduled.zone, history: history, at: now)
            watch.ageLimit.interval = scheduled.schedule.longestInterval(zone: scheduled.zone, around: now)
        }
        let status = ProtectionStatus(
            watch.summary,
            adopted: watch.adopted,
            findings: look?.findings ?? [:],
            shrinkage: shrinkage,
            pause: watch.pause,
            drills: reading.drills[key.text],
            history: history,
            expectation: ProtectionStatus.Expectation(
                ageLimit: watch.ageLimit,
                isInventoryOnly: instance.isInventoryOnly
            ),
            at: now
        )
        return JudgedInstance(watch: watch, verdict: status.verdict)
    }

    /// What trips the shrink guard: by the summary, and where that no longer shows what was told, by all that there is.
    private func alarm(
        _ summary: InstanceSummary,
        _ instance: WatchedPlace.Watched,
        _ place: WatchedPlace,
        _ reading: PlaceReading,
        wasTold: Bool
    ) async throws -> ShrinkGuard.Alarm? {
        let threshold = instance.retention.shrinkGuard
        let isTripped = ShrinkGuard(threshold: threshold, acknowledgement: nil).alarm(summary) != nil
        guard isTripped || wasTold else { return nil }
        let path = CatalogPath.acknowledgements(of: summary.instanceKey)
        let entry = try await reading.documents.read(ShrinkAcknowledgements.self, at: path)?.document.entries.last
        let alarm = ShrinkGuard(threshold: threshold, acknowledgement: entry).alarm(summary)
        guard alarm == nil, wasTold else { return alarm }
        let source = RecoveryPointSource(
            blobs: place.storage.blobs,
            catalog: reading.catalog,
            documents: reading.documents,
            container: place.container,
            clock: self.clock
        )
        let known = try await source.points(of: summary.instanceKey, in: source.look())
        return ShrinkGuard(threshold: threshold, acknowledgement: known.acknowledgement).alarm(known.points)
    }
}
