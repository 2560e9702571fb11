package import FoundationEssentials

/// What is known of one check of an instance, from one checkup to the next.
package struct CheckResult: Sendable, Codable, Hashable {
    /// The check's name.
    package private(set) var check: String
    /// How it stood when it could be looked at last; ``CheckVerdict/notChecked`` where it never could.
    package private(set) var verdict: CheckVerdict
    /// What was so then, in one sentence; why it could not be looked at, where it never could.
    package private(set) var text: String
    /// What mends it; nil where nothing needs mending.
    package private(set) var remedy: String?
    /// Since when it stands so.
    package private(set) var since: Date
    /// Whether it stands worse than it did, or than it may, so that people are told.
    package private(set) var isWorse: Bool
    /// Why it could not be looked at the last time; nil where it could.
    package private(set) var unseen: String?
    /// The verdict that is taken as given: people are told of a warning only where all was well before.
    private var given: CheckVerdict?

    /// Takes in a check that nobody has made before.
    ///
    /// A warning that was there from the beginning is taken as given; a fault is not.
    ///
    /// - Parameters:
    ///   - observation: What it came to.
    ///   - now: When that was.
    package init(_ observation: CheckObservation, at now: Date) {
        self.check = observation.check
        self.verdict = .notChecked
        self.text = observation.text
        self.since = now
        self.isWorse = false
        self.take(observation, at: now)
    }

    /// Takes in what the check came to this time.
    ///
    /// What could not be looked at is neither worse nor well again.
    ///
    /// - Parameters:
    ///   - observation: What it came to.
    ///   - now: When that was.
    mutating func take(_ observation: CheckObservation, at now: Date) {
        guard observation.verdict != .notChecked else {
            self.unseen = observation.text
            if self.verdict == .notChecked { self.text = observation.text }
            return
        }
        self.unseen = nil
        if self.verdict != observation.verdict { self.since = now }
        self.verdict = observation.verdict
        self.text = observation.text
        self.remedy = observation.remedy
        switch observation.verdict {
        case .ok: self.given = .ok
        case .warning: self.given = self.given ?? .warning
        case .fault, .notChecked: break
        }
        self.isWorse =
            observation.verdict == .fault
            || (observation.verdict == .warning && self.given == .ok && observation.tellsWarnings)
    }

    private enum CodingKeys: String, CodingKey {
        case check, verdict, text, remedy, since, unseen, given
        case isWorse = "worse"
    }
}
