package import FoundationEssentials

extension InstanceWatch {
    /// When the passing of time alone may bring an alert that is not there yet.
    ///
    /// - Parameters:
    ///   - now: The present instant.
    ///   - rules: When something is worth telling.
    /// - Returns: The earliest such instant after now; nil where only a new run can change anything.
    package func nextLook(after now: Date, rules: AlertRules) -> Date? {
        let deadlines = ((self.expected ?? []) + [self.next].compactMap(\.self)).map(self.deadline)
        let good = self.newestGood
        let expiry = good?.restorableUntil.map { [$0 - rules.expiry.timeInterval, $0] } ?? []
        let age = self.ageLimit.maxAge.flatMap { maxAge in
            // Older than allowed is what alerts; as old as allowed is not.
            good.map { $0.madeAt + maxAge.timeInterval + 1 }
        }
        let blockage = self.firstFailingRun.map { $0.changedAt + rules.blockage.timeInterval }
        let drill = self.drill?.overdueAt.map { $0 + 1 }
        return (deadlines + expiry + [age, blockage, drill, self.pause?.until].compactMap(\.self)).filter { $0 > now }
            .min()
    }
}
