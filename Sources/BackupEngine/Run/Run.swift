package import BackupDomain
package import FoundationEssentials

/// One run as a state machine: pure, with its state in the record that is written before each step that Azure can see.
///
/// The shell asks ``nextStep(at:)``, does it, and hands what came of it to ``handle(_:at:)``; whenever ``revision`` has
/// moved, it writes the record before the next step. So any process may die at any point, and another one goes on from
/// the record:
///
/// ```
/// planned ──► posting ──► accepted ──► proving ──► ended
///    ▲           │            │           ▲          ▲
///    │           └──────► settling ───────┴──────────┘
///    └────────────────────────┘  (nothing came of the POST: another name, another POST)
/// ```
package struct Run: Sendable {
    /// The record as it must be on disk before the next step.
    package internal(set) var record: RunRecord
    /// Moves with every change of the record.
    package internal(set) var revision = 0
    let limits: RunLimits
    var notes = Notes()

    /// What a run knows besides its record: lost with the process, and good to lose.
    struct Notes: Sendable {
        /// Since when another operation has been waited for; stays until Azure takes a POST, or the limit would start anew.
        var busySince: Date?
        /// Since when Azure has turned POSTs away for there being too many calls.
        var throttledSince: Date?
        /// How many POSTs it has turned away so.
        var throttledPosts = 0
        /// How often something that may pass stood in the way of a POST.
        var failures = 0
        /// How often Azure has held something against another POST, since a lost answer, while the instance was seen idle:
        /// its state does not tell what goes on.
        var busySigns = 0
        /// The names of unanswered POSTs that nothing has come of, for as long as an idle instance was watched.
        var emptyNames: Set<String> = []
        /// Whether the next look is at the instance, to see whether it is our turn.
        var isWaiting = false
        /// Whether Azure has been asked, in the present state, how the backup stands: nobody gives up without.
        var hasAsked = false
        /// Whether this process has seen Azure at work on the backup, or has posted it.
        var wasSeenAtWork = false
        /// Whether this process has seen the instance at work.
        var wasSeenBusy = false
        /// What a later POST says instead of what the record says; nil where it says the same.
        var renewal: Renewal?
        /// What is believed only once the instance has been seen idle.
        var doubt: Doubt?
        /// How long to wait before the next step.
        var pause: Duration = .zero
        /// Polls without a usable answer, in a row.
        var failedPolls = 0
        /// Since when polls have failed for lack of a credential.
        var withoutCredentialSince: Date?
        /// Since when the instance has been seen idle and the blob absent, without a break.
        var emptySince: Date?
        /// When that was seen last.
        var emptySeenAt: Date?
        /// For how long the blob has been seen; nil where it was not there at the last look.
        var seenFor: Duration?
        /// Whether the next look decides whether a blob beside an idle instance is the backup: the limit waits for it.
        var isConfirming = false
        /// A blob that was seen although the instance's state will not be seen again, and since when it has been the same.
        var unconfirmed: (etag: ETag, since: Date)?
        /// Since when the blob has been looked for although Azure says done.
        var provingSince: Date?
        /// How often the blob was looked for.
        var looks = 0
        /// Names found taken before the POST.
        var takenNames = 0
        /// Why polls cannot be read, for the warning.
        var unreadable: String?
    }

    /// Begins a run.
    ///
    /// - Parameters:
    ///   - record: A record in state `planned`.
    ///   - limits: How long to wait for what.
    package init(_ record: RunRecord, limits: RunLimits) {
        self.record = record
        self.limits = limits
    }

    /// Takes over a run that another process left, or this one in another life.
    ///
    /// - Parameters:
    ///   - record: The record as it was left.
    ///   - limits: How long to wait for what.
    ///   - now: The present instant.
    package init(resuming record: RunRecord, limits: RunLimits, at now: Date) {
        self.init(record, limits: limits)
        guard record.state != .ended else { return }
        self.record.generation += 1
        let takeover = RunTakeover(at: now, generation: self.record.generation, found: record.state)
        self.record.takeovers = (record.takeovers ?? []) + [takeover]
        self.revision += 1
        if record.state == .posting {
            // Whether the POST left before the other process died is not known: only Azure can tell.
            self.changeAttempt { $0.submission = .unanswered }
            self.enter(.settling, at: now, detail: "taken over between the intent and Azure's answer")
        }
    }

    /// Says what to do next.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The step.
    package func nextStep(at now: Date) -> RunStep {
        switch self.record.state {
        case .planned where self.record.isInventoryOnly:
            return .takeInventory
        case .planned:
            return self.notes.isWaiting ? .awaitIdle(after: self.notes.pause) : .checkName(self.wantedName)
        case .posting:
            return .post(self.currentName)
        case .accepted:
            if self.notes.hasAsked, self.isPastLimit(now) { return .giveUp }
            if let doubt = self.notes.doubt { return self.look(in: doubt) }
            guard let location = self.record.attempts.last?.location else { return self.nextLook(at: now) }
            return .poll(location: location, after: self.pauseWithinLimit(now))
        case .settling:
            return self.nextLook(at: now)
        case .proving:
            if let doubt = self.notes.doubt { return self.look(in: doubt) }
            // No blob proves a restore: what there is to see is the instance.
            if self.record.kind == .restore { return .look(self.currentName, after: self.notes.pause) }
            return .prove(self.currentName, after: self.notes.pause)
        case .ended:
            return .finish
        }
    }

    private func nextLook(at now: Date) -> RunStep {
        if self.notes.isConfirming { return .look(self.currentName, after: self.notes.pause) }
        if self.notes.hasAsked, self.isPastLimit(now) { return .giveUp }
        return .look(self.currentName, after: self.pauseWithinLimit(now))
    }

    /// Takes in what came of a step.
    ///
    /// An event that does not belong to the present state is ignored: the state has moved on without it.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - now: The present instant.
    package mutating func handle(_ event: RunEvent, at now: Date) {
        switch (self.record.state, event) {
        case (.planned, .inventoryTaken(let inventory)): self.inventoryTaken(inventory, at: now)
        case (.planned, .nameChecked(let result)): self.nameChecked(result, at: now)
        case (.planned, .instanceSeen(let result)): self.instanceSeen(result, at: now)
        case (.posting, .posted(let answer)): self.posted(answer, at: now)
        case (.posting, .postFailed(let error)): self.postFailed(error, at: now)
        case (.posting, .postUnanswered(let error)): self.postUnanswered(error, at: now)
        case (.accepted, .polled(let answer)): self.polled(answer, at: now)
        case (.accepted, .pollUnanswered(let error)): self.pollUnanswered(error, at: now)
        case (.accepted, .looked(let instance, let blob)), (.settling, .looked(let instance, let blob)),
            (.proving, .looked(let instance, let blob)):
            self.looked(instance: instance, blob: blob, at: now)
        case (.proving, .proofSeen(let result)): self.proofSeen(result, at: now)
        case (.accepted, .limitReached), (.settling, .limitReached): self.limitReached(at: now)
        case (.planned, .stoppedBeforePost), (.posting, .stoppedBeforePost): self.stopped(at: now)
        default: break
        }
    }

    /// Ends a run that a rule forbids, before anything is posted.
    ///
    /// - Parameters:
    ///   - error: The rule and what to do.
    ///   - now: The present instant.
    package mutating func refuse(_ error: BackupError, at now: Date) {
        guard self.record.state == .planned else { return }
        self.end(error.code == .busy ? .busy : .refused, error: error, at: now)
    }

    /// What the process that took a run over wants a later POST to say.
    struct Renewal: Sendable {
        var access: RecordedAccess
        var azureAPIVersion: String
        var service: JSONValue
    }

    /// Whether Azure was seen at work on the backup by the process that drives this run, or was set to work by it.
    var wasSeenAtWork: Bool { self.notes.wasSeenAtWork }

    /// Notes that the instance was seen at work before the first step.
    mutating func noteSeenAtWork() { self.notes.wasSeenAtWork = true }

    /// Makes what a later POST of this run will say that of the process which took it over.
    ///
    /// The record tells of the earlier POST until there is a later one.
    ///
    /// - Parameters:
    ///   - access: How API Management is to reach the account now.
    ///   - apiVersion: The api-version of the call now.
    ///   - service: The service resource as it is now.
    mutating func repost(with access: StorageAccess, apiVersion: String, service: JSONValue) {
        self.notes.renewal = Renewal(access: RecordedAccess(access), azureAPIVersion: apiVersion, service: service)
    }

    /// Notes that another operation held the instance when the run began.
    ///
    /// - Parameter now: The present instant.
    package mutating func foundBusy(at now: Date) {
        guard self.record.state == .planned else { return }
        self.waitForTurn(retryAfter: nil, fault: nil, at: now)
    }
}
