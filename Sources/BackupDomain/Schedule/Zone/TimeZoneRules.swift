/// How far a zone's clocks are ahead of UTC, at any time: the changes that are listed, and the yearly rule after them.
package struct TimeZoneRules: Sendable, Hashable {
    /// A change of the offset.
    package struct Change: Sendable, Hashable {
        /// When, in seconds since 1970.
        package var at: Int
        /// How far the clocks are ahead of UTC from then on, in seconds.
        package var offset: Int

        /// Creates a change.
        package init(at: Int, offset: Int) {
            self.at = at
            self.offset = offset
        }
    }

    /// Universal time, which needs no zone file.
    package static let utc = Self(name: "UTC", initialOffset: 0, changes: [], afterwards: nil)

    /// The zone's name, such as `Europe/Berlin`.
    package let name: String
    private let initialOffset: Int
    private let changes: [Change]
    private let afterwards: YearlyOffsets?

    /// Creates rules.
    ///
    /// - Parameters:
    ///   - name: The zone's name.
    ///   - initialOffset: The offset before the first change, in seconds.
    ///   - changes: The listed changes, oldest first.
    ///   - afterwards: What holds after the last of them; nil where nothing changes any more.
    package init(name: String, initialOffset: Int, changes: [Change], afterwards: YearlyOffsets?) {
        self.name = name
        self.initialOffset = initialOffset
        self.changes = Self.withoutRepetition(changes, after: initialOffset)
        self.afterwards = afterwards
    }

    /// The offset at an instant, in seconds.
    ///
    /// - Parameter second: The instant, in seconds since 1970.
    /// - Returns: How far the clocks are ahead of UTC.
    package func offset(at second: Int) -> Int { self.period(at: second).offset }

    /// Finds the period that an instant lies in.
    ///
    /// - Parameter second: The instant, in seconds since 1970.
    /// - Returns: The period; the one before it ends where it starts, and has another offset.
    func period(at second: Int) -> OffsetPeriod {
        let next = self.changes.partitioningIndex { $0.at > second }
        if next < self.changes.count || self.afterwards == nil {
            return OffsetPeriod(
                start: next == 0 ? .min : self.changes[next - 1].at,
                end: next < self.changes.count ? self.changes[next].at : .max,
                offset: next == 0 ? self.initialOffset : self.changes[next - 1].offset
            )
        }
        return self.laterPeriod(at: second)
    }

    /// Finds the period after the last listed change.
    private func laterPeriod(at second: Int) -> OffsetPeriod {
        let last = self.changes.last ?? Change(at: .min, offset: self.initialOffset)
        let year = CalendarDay(number: second.dividedDown(by: 86_400)).year
        // A rule may name the same day each year, or one across the turn of the year: two years on each side hold both ends.
        let yearly = (year - 2...year + 2).flatMap { self.afterwards?.changes(in: $0) ?? [] }
        let changes = Self.withoutRepetition([last] + yearly.filter { $0.at > last.at }, after: nil)
        let next = changes.partitioningIndex { $0.at > second }
        let current = changes[max(0, next - 1)]
        return OffsetPeriod(
            start: current.at,
            end: next < changes.count ? changes[next].at : .max,
            offset: current.offset
        )
    }

    /// Leaves out changes that change nothing, and all but the last of those that come at once.
    private static func withoutRepetition(_ changes: [Change], after initial: Int?) -> [Change] {
        var kept: [Change] = []
        for change in changes {
            if kept.last?.at == change.at { kept.removeLast() }
            if change.offset != kept.last?.offset ?? initial { kept.append(change) }
        }
        return kept
    }
}

extension Array {
    /// Finds where an array that is sorted by a condition changes from false to true, by halving.
    fileprivate func partitioningIndex(_ condition: (Element) -> Bool) -> Int {
        var (low, high) = (0, self.count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
