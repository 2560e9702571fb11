/// What is waited for how long; every retry of the product but the instance metadata service's is one of these.
extension RetryRules {
    /// The longest delay that is heeded at once: a larger one may be a mistake, and must not put us to sleep.
    package static let longestDelay = Duration.seconds(3600)

    /// The calls of a run that nobody waits for: an hour for what the service asks for, before a night is given up.
    package static let unattended = Self().with { $0.patience = .seconds(3600) }

    /// A backup POST that was turned away with 429 for longer than a call waits: a minute at first, ten at the most.
    ///
    /// - Parameter limit: How long to go on.
    /// - Returns: The rules.
    package static func throttledPost(within limit: Duration) -> Self {
        Self().with { rules in
            rules.attempts = .max
            rules.base = .seconds(60)
            rules.cap = .seconds(600)
            rules.spread = 0.5
            rules.budget = limit
            rules.patience = limit
        }
    }

    /// The polls of an operation that got no usable answer: five seconds at first, a minute at the most, for as long as
    /// the run goes on.
    package static let poll = Self().with { rules in
        rules.base = .seconds(5)
        rules.cap = .seconds(60)
        rules.spread = 0.5
    }

    /// The pauses before further tries at the final record of a run, beyond what each call tries; then it goes elsewhere.
    ///
    /// - Parameter code: Why the storage account did not take it.
    /// - Returns: Some minutes in all; seconds where a right is missing, since one that was just granted takes effect with the
    ///   next run.
    package static func finalRecordPauses(after code: BackupError.Code) -> [Duration] {
        (code == .permissionDenied ? [2, 8] : [2, 8, 30, 120]).map { .seconds($0) }
    }

    /// A notice to people: two minutes, whatever is asked for, since whoever keeps the notices tries again later.
    package static let notices = Self().with { rules in
        rules.attempts = 4
        rules.base = .seconds(2)
        rules.patience = .seconds(120)
    }

    /// One attempt: for those who repeat at a pace of their own.
    package static let single = Self().with { rules in
        rules.attempts = 1
        rules.patience = .zero
    }

    /// What a service asks us to wait, neither so short that we would flood it nor so long that a wrong one puts us to sleep.
    ///
    /// - Parameter retryAfter: What it asks for.
    /// - Returns: From a second to ``longestDelay``; nil where it asks for nothing.
    package static func heeded(_ retryAfter: Duration?) -> Duration? {
        retryAfter.map { min(max($0, .seconds(1)), Self.longestDelay) }
    }

    private func with(_ change: (inout Self) -> Void) -> Self {
        var rules = self
        change(&rules)
        return rules
    }
}
