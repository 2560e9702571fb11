import BackupDomain

/// One run at a time: who finds the instance's lock taken watches the run of the one who holds it.
///
/// ```
/// first process                 second process
/// -------------                 --------------
/// takes the lock
///                               finds it taken, watches the record
/// posts, follows, ends
///                               reports the same run
/// ```
///
/// When the first one dies instead, its lease ends within a minute, and the second one takes the run over.
extension BackupRunner {
    /// How long a watcher waits between two looks.
    private static let watchPause = Duration.seconds(2)

    /// Makes the backup under the instance's lock, or reports the run of whoever holds it.
    ///
    /// - Parameters:
    ///   - order: What is wanted.
    ///   - instance: The instance as it was read a moment ago.
    ///   - catalog: The records.
    /// - Returns: The run's record and why the runner returned.
    /// - Throws: What beginning or following a run throws.
    func runUnderLock(_ order: BackupOrder, _ instance: Instance, in catalog: BlobCatalog) async throws -> RunReport {
        let key = InstanceKey(instance.id)
        let lock = InstanceLock(
            of: key,
            blobs: self.storage.blobs,
            container: order.catalogContainer,
            clock: self.clock
        )
        var current: Instance? = instance
        var watched: RunRecord?
        while true {
            if let lease = try await lock.acquire() {
                let (known, seen) = (current, watched)
                do {
                    return try await lock.hold(lease) {
                        try await self.claim(order, known, watched: seen, in: catalog)
                    }
                } catch is InstanceLock.Lost {
                    await self.notify(.lockLost(instance.id.name))
                } catch let error as BackupError where error.code == .conflict {
                    // Somebody broke the lock open and took the run over.
                    await self.notify(.lockLost(instance.id.name))
                }
            } else if watched == nil {
                await self.notify(.locked(instance.id.name))
            }
            // By the time that the lock is free the instance may have changed.
            current = nil
            if let unfinished = try await self.unfinishedRun(of: key, in: catalog)?.record {
                if watched?.run != unfinished.run { await self.notify(.reattached(unfinished)) }
                watched = unfinished
            } else if let run = watched?.run, let ended = try await catalog.record(run, of: key)?.record {
                return RunReport(record: ended, ending: .ended, isReattached: true, isInCatalog: true)
            }
            guard try await self.pause(Self.watchPause) else { return try self.stopped(watching: watched, instance) }
        }
    }

    /// Goes on with what is under way, or begins; the lock is held.
    private func claim(
        _ order: BackupOrder,
        _ known: Instance?,
        watched: RunRecord?,
        in catalog: BlobCatalog
    ) async throws -> RunReport {
        if let watched, let ended = try await catalog.record(watched.run, of: watched.instanceKey)?.record,
            ended.state == .ended
        {
            return RunReport(record: ended, ending: .ended, isReattached: true, isInCatalog: true)
        }
        let instance = if let known { known } else { try await self.plane.instance(order.instance).instance }
        return try await self.attachOrBegin(order, instance, refusal: nil, in: catalog, isCatalog: true)
    }

    private func stopped(watching record: RunRecord?, _ instance: Instance) throws -> RunReport {
        guard let record else {
            throw BackupError(
                .interrupted,
                "Stopped while another process held the lock of \(instance.id.name); nothing was posted."
            )
        }
        return RunReport(record: record, ending: .interrupted, isReattached: true, isInCatalog: true)
    }

    /// Waits, unless somebody asks to stop.
    ///
    /// - Parameter duration: How long.
    /// - Returns: Whether the whole time has passed.
    /// - Throws: `CancellationError`
    func pause(_ duration: Duration) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await self.clock.sleep(for: duration)
                return true
            }
            group.addTask {
                await self.stop.wait()
                return false
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
        }
    }
}
