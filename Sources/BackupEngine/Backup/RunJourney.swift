import BackupDomain
import FoundationEssentials

/// One process's way with a run: step by step, each preceded by the written record.
struct RunJourney {
    let runner: BackupRunner
    let order: BackupOrder
    let catalog: any Catalog
    var run: Run
    var version: ETag
    /// The revision that the catalog holds.
    private var writtenRevision: Int
    /// What keeps the record out of the catalog, as it was told last; nil while nothing does.
    private var trouble: BackupError.Code?
    /// Whether the final record went to the fallback, for the catalog did not take it.
    private(set) var isInFallback = false
    /// Since when this journey follows what Azure has accepted, on the clock's uptime; nil before.
    private var followsSince: Duration?

    /// Whether the run was under way before this process came to it.
    let isReattached: Bool

    init(
        runner: BackupRunner,
        order: BackupOrder,
        catalog: any Catalog,
        run: Run,
        version: ETag,
        isReattached: Bool
    ) {
        self.isReattached = isReattached
        self.runner = runner
        self.order = order
        self.catalog = catalog
        self.run = run
        self.version = version
        self.writtenRevision = run.revision
    }

    /// Goes on until the record is final, or the caller wants no more.
    ///
    /// - Returns: Why it ended.
    /// - Throws: ``BackupDomain/BackupError`` where the record could not be written.
    mutating func travel() async throws -> RunReport.Ending {
        while true {
            let step = self.run.nextStep(at: self.runner.clock.now)
            if step == .finish { return .ended }
            if self.isPastAcceptance {
                self.followsSince = self.followsSince ?? self.runner.clock.uptime
                if self.runner.stop.isRaised { return .interrupted }
                if self.order.returnsOnceAccepted, self.isKnownToGoOn { return .accepted }
                if self.run.notes.hasAsked, self.timeLeft == .zero { return .outOfTime }
            } else if self.runner.stop.isRaised {
                if self.order.goesOn(with: self.run.record) { return .interrupted }
                self.run.handle(.stoppedBeforePost, at: self.runner.clock.now)
                try await self.write()
                return .interrupted
            }
            guard let event = try await self.heedfully(step) else { continue }
            self.run.handle(event, at: self.runner.clock.now)
            try await self.write()
        }
    }

    /// Reports the run as it stands.
    ///
    /// - Parameters:
    ///   - ending: Why the journey is over.
    ///   - place: Where the record is kept.
    /// - Returns: The report.
    func report(_ ending: RunReport.Ending, place: RunReport.Place) -> RunReport {
        RunReport(
            record: self.run.record,
            ending: ending,
            isReattached: self.isReattached,
            place: place,
            wasSeenAtWork: self.run.wasSeenAtWork
        )
    }

    /// Whether Azure has said that it goes on: at the POST, or when it was asked about a run that was found.
    private var isKnownToGoOn: Bool {
        guard [.accepted, .settling].contains(self.run.record.state),
            self.run.record.attempts.last?.submission == .accepted
        else { return false }
        return !self.isReattached || self.run.notes.hasAsked
    }

    /// How much longer this process is to follow what Azure has accepted; nil for as long as it takes.
    private var timeLeft: Duration? {
        // Once Azure has done with it, the end is a matter of seconds.
        guard let patience = self.order.limits.patience, [.accepted, .settling].contains(self.run.record.state) else {
            return nil
        }
        let now = self.runner.clock.uptime
        return max(.zero, patience - (now - (self.followsSince ?? now)))
    }

    /// Whether a backup or a restore may be under way in Azure.
    private var isPastAcceptance: Bool {
        [.accepted, .settling, .proving].contains(self.run.record.state)
    }

    /// Does one step, unless a request to stop ended a long wait in the middle of a call: then nothing came of it.
    private func heedfully(_ step: RunStep) async throws -> RunEvent? {
        do {
            return try await self.perform(step)
        } catch is CancellationError where self.runner.stop.isRaised {
            try Task.checkCancellation()
            return nil
        }
    }

    /// Does one step.
    ///
    /// - Returns: What came of it; nil where the wait before it was cut short.
    private func perform(_ step: RunStep) async throws -> RunEvent? {
        switch step {
        case .takeInventory:
            return .inventoryTaken(try await self.runner.takeInventory(for: self.order))
        case .checkName(let name):
            return .nameChecked(try await self.observeBeforePost(name))
        case .post(let name):
            if self.run.record.kind == .restore {
                // Every prune sees the intent from now on. One that came while the record had waited for its turn for so long
                // that it counted no more has left an intent of its own, or no backup.
                if let refusal = self.run.sourceRefusal(try await self.observeBeforePost(name)) {
                    return .postFailed(refusal)
                }
                if self.runner.stop.isRaised { return nil }
            }
            return try await self.post(name)
        case .awaitIdle(let pause):
            guard try await self.pause(pause) else { return nil }
            return .instanceSeen(try await self.isBusy())
        case .poll(let location, let pause):
            guard try await self.pause(pause) else { return nil }
            do {
                return .polled(try await self.runner.plane.operation(at: location))
            } catch let error as BackupError {
                return .pollUnanswered(error)
            }
        case .look(let name, let pause):
            guard try await self.pause(pause) else { return nil }
            return .looked(instance: try await self.isBusy(), blob: try await self.trace(of: name))
        case .prove(let name, let pause):
            guard try await self.pause(pause) else { return nil }
            return .proofSeen(try await self.observe(name))
        case .giveUp:
            return .limitReached
        case .finish:
            return nil
        }
    }

    private func post(_ name: String) async throws -> RunEvent {
        let (record, plane) = (self.run.record, self.runner.plane)
        let request = BackupRequest(
            storageAccount: record.restore?.backup.account ?? record.storage.account,
            container: self.backupContainer,
            backupName: name,
            access: self.order.access
        )
        do {
            let answer =
                switch record.kind {
                case .backup: try await plane.startBackup(of: record.instance.id, request)
                case .restore: try await plane.startRestore(of: record.instance.id, request)
                }
            return .posted(answer)
        } catch let error as BackupError where error.code == .ambiguousSubmission {
            return .postUnanswered(error)
        } catch let error as BackupError {
            return .postFailed(error)
        }
    }

    /// The container that holds the backup, or is to.
    private var backupContainer: String {
        self.run.record.restore?.backup.container ?? self.run.record.storage.container
    }

    /// What the work has left in the container so far; a restore leaves nothing there.
    private func trace(of name: String) async throws -> Result<BlobObservation, BackupError> {
        guard self.run.record.kind == .backup else { return .success(.absent(date: nil)) }
        return try await self.observe(name)
    }

    /// What lies under a name before the POST; of a backup that is to be restored, also that nobody is about to delete it.
    private func observeBeforePost(_ name: String) async throws -> Result<BlobObservation, BackupError> {
        if let restore = self.run.record.restore, let source = self.order.restore {
            do {
                try await source.requireKept(for: restore, at: self.runner.clock.now)
            } catch let error as BackupError {
                return .failure(error)
            }
        }
        return try await self.observe(name)
    }

    private func observe(_ name: String) async throws -> Result<BlobObservation, BackupError> {
        do {
            let blobs = self.order.restore?.blobs ?? self.runner.storage.blobs
            return .success(try await blobs.properties(of: name, in: self.backupContainer))
        } catch let error as BackupError {
            return .failure(error)
        }
    }

    private func isBusy() async throws -> Result<Bool, BackupError> {
        do {
            return .success(try await self.runner.plane.instance(self.run.record.instance.id).instance.isBusy)
        } catch let error as BackupError {
            return .failure(error)
        }
    }

    /// Waits, unless somebody asks to stop.
    ///
    /// - Returns: Whether the whole time has passed.
    private func pause(_ duration: Duration) async throws -> Bool {
        let duration = min(duration, self.timeLeft ?? duration)
        guard duration > .zero else { return true }
        await self.runner.notify(.waiting(self.run.record, duration))
        return try await self.runner.pause(duration)
    }

    /// Writes the record where it has changed, and tells who watches.
    ///
    /// Before a POST, the first or a later one, a record that cannot be written ends the work: no POST without its intent.
    /// After it the backup goes on in Azure whatever becomes of the storage account, so the run is followed all the same,
    /// each change tries again, and the final record is tried for several minutes and then put into the fallback.
    private mutating func write() async throws {
        guard self.run.revision != self.writtenRevision else { return }
        do {
            try await self.replace()
        } catch let error as BackupError where self.mayGoOnUnwritten && !Self.isFenced(error) {
            if self.trouble != error.code {
                self.trouble = error.code
                await self.runner.notify(.catalogUnavailable(error))
            }
            if self.run.record.state == .ended { try await self.writeAtLast(after: error) }
        }
        await self.runner.notify(.changed(self.run.record))
    }

    private mutating func replace() async throws {
        do {
            self.version = try await self.catalog.replace(self.run.record, version: self.version)
        } catch let error as BackupError where error.code == .conflict {
            throw BackupError(
                .conflict,
                "Another process has taken over the run \(self.run.record.run) of \(self.run.record.instance.name).",
                remedy: "Leave it to that process; 'apim-backup show \(self.run.record.run)' tells what came of it.",
                azure: error.azure
            )
        }
        self.writtenRevision = self.run.revision
        self.trouble = nil
    }

    private mutating func writeAtLast(after error: BackupError) async throws {
        let pauses = RetryRules.finalRecordPauses(after: error.code)
        await self.runner.notify(.recordWaits(self.run.record, pauses.reduce(.zero, +)))
        for pause in pauses {
            guard try await self.pause(pause) else { break }
            do {
                return try await self.replace()
            } catch let error as BackupError where !Self.isFenced(error) {
                continue
            }
        }
        _ = try await self.runner.fallback.create(self.run.record)
        self.isInFallback = true
    }

    private var mayGoOnUnwritten: Bool {
        self.run.record.state != .posting
            && self.run.record.attempts.contains { [.accepted, .unanswered].contains($0.submission) }
    }

    /// Whether the record is somebody else's now, so that we must not go on.
    private static func isFenced(_ error: BackupError) -> Bool { error.code == .conflict }
}
