package import FoundationEssentials

/// One nominal time of an instance's schedule, as far as alerts go.
package struct ExpectedRun: Sendable, Hashable {
    /// What the scheduler has written down of it, where no run was begun.
    package enum Disposition: Sendable, Hashable {
        /// It was left out on purpose: a pause, or a run that was still under way.
        case skipped
        /// It was not begun in time, and will not be; the reason as a sentence.
        case missed(String)
        /// It could not be begun; the reason as a sentence.
        case failed(String)
    }

    /// The nominal time.
    package var nominalAt: Date
    /// When the run begins: the nominal time with its jitter.
    package var startsAt: Date
    /// What is written down of it; nil where nothing is, or where it has a run.
    package var disposition: Disposition?

    /// Creates a value.
    ///
    /// - Parameters:
    ///   - nominalAt: The nominal time.
    ///   - startsAt: When the run begins; at the nominal time by default.
    ///   - disposition: What is written down of it.
    package init(nominalAt: Date, startsAt: Date? = nil, disposition: Disposition? = nil) {
        self.nominalAt = nominalAt
        self.startsAt = startsAt ?? nominalAt
        self.disposition = disposition
    }
}
