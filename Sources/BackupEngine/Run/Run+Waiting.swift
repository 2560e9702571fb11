import BackupDomain
import FoundationEssentials

/// From a POST that Azure turned away to the next one.
extension Run {
    mutating func instanceSeen(_ result: Result<Bool, BackupError>, at now: Date) {
        guard case .success(true) = result else {
            // Idle, or not to be seen: let the POST find out.
            self.notes.isWaiting = false
            self.notes.pause = .zero
            return
        }
        self.waitForTurn(retryAfter: nil, fault: nil, at: now)
    }

    /// Waits for another operation to end, or ends as busy where the limit has passed.
    mutating func waitForTurn(retryAfter: Duration?, fault: AzureFault?, at now: Date) {
        if let unanswered = self.record.attempts.first(where: { $0.submission == .unanswered }) {
            // What holds the instance is perhaps the backup of that POST: nothing else would tell of it.
            let reason = "the instance is held, perhaps by the \(self.record.kind) of the POST without an answer"
            return self.follow(unanswered, reason, at: now)
        }
        let since = self.notes.busySince ?? now
        let left = since.timeIntervalSince(now) + self.limits.busy.timeInterval
        guard left > 0 else {
            let error = BackupError(
                .busy,
                "Another operation holds the instance \(self.record.instance.name).",
                remedy: "Try again when it is done, or wait for it with --wait-busy.",
                azure: fault
            )
            return self.end(.busy, error: error, at: now)
        }
        if self.record.state != .planned { self.enter(.planned, at: now, detail: "waiting for another operation") }
        self.notes.busySince = since
        self.notes.isWaiting = true
        self.notes.pause = min(max(RetryRules.heeded(retryAfter) ?? .seconds(60), .seconds(10)), .seconds(left))
    }

    /// Lets a while pass after what may pass by itself, where nobody sits there who could try again; otherwise ends.
    mutating func tryLater(after error: BackupError, at now: Date) {
        self.notes.failures += 1
        guard self.record.trigger == .schedule, error.code != .busy,
            let pause = BeginRules.pause(after: error.code, failures: self.notes.failures)
        else { return self.end(error.code == .busy ? .busy : .refused, error: error, at: now) }
        self.enter(
            .planned,
            at: now,
            detail: "\(error.message) Next try in \(pause.formattedBriefly)."
        )
        self.notes.isWaiting = true
        self.notes.pause = pause
    }

    /// Waits for as long as Azure asks before the next POST, or ends as refused where that is past the limit.
    ///
    /// The call itself has waited already for what is short.
    mutating func waitOutThrottling(retryAfter: Duration?, fault: AzureFault?, at now: Date) {
        let since = self.notes.throttledSince ?? now
        self.notes.throttledSince = since
        self.notes.throttledPosts += 1
        let decision = RetryRules.throttledPost(within: self.limits.throttled).decide(
            .status(429),
            .once,
            attempt: self.notes.throttledPosts,
            elapsed: .seconds(now.timeIntervalSince(since)),
            retryAfter: retryAfter,
            random: self.lot(self.notes.throttledPosts)
        )
        guard case .retry(let pause) = decision else {
            let asked = retryAfter.map { "asks to wait \($0.formattedBriefly) more" } ?? "goes on doing so"
            let error = BackupError(
                .throttled,
                "Azure throttles the \(self.record.kind) of \(self.record.instance.name) and \(asked); a run waits "
                    + "\(self.limits.throttled.formattedBriefly) for that at the most.",
                remedy:
                    "Try later, or find out who else calls Azure so often with this identity or in this subscription.",
                azure: fault
            )
            return self.end(.refused, error: error, at: now)
        }
        self.enter(.planned, at: now, detail: "Azure throttles; next try in \(pause.formattedBriefly)")
        self.notes.isWaiting = true
        self.notes.pause = pause
    }
}
