/// Which backups of an instance are kept; all others may be released.
///
/// The rules add up: what one of them keeps is kept. Without any rule nothing is ever released.
package struct RetentionPolicy: Sendable, Codable, Hashable {
    /// Keeps this many newest backups; 0 leaves the rule out.
    package var keepLast: Int
    /// Keeps the newest backup of each of this many hours that have one; 0 leaves the rule out.
    package var keepHourly: Int
    /// Keeps the newest backup of each of this many days that have one, in UTC; 0 leaves the rule out.
    package var keepDaily: Int
    /// Keeps the newest backup of each of this many ISO weeks that have one; 0 leaves the rule out.
    package var keepWeekly: Int
    /// Keeps the newest backup of each of this many months that have one; 0 leaves the rule out.
    package var keepMonthly: Int
    /// Keeps the newest backup of each of this many years that have one; 0 leaves the rule out.
    package var keepYearly: Int
    /// Keeps all backups that are younger than this many days; nil leaves the rule out.
    package var keepWithinDays: Int?
    /// Keeps at least this many good backups: verified ones that Azure can still restore; never below 1.
    package var minGood: Int
    /// The most backups of one instance that are deleted by one prune.
    package var maxDeletions: Int
    /// The shrink guard: a backup under this share of the median of the last ten stops pruning; from 0 (off) to 1.
    package var shrinkGuard: Double

    /// Creates a policy without a rule, which releases nothing.
    package init() {
        self.keepLast = 0
        self.keepHourly = 0
        self.keepDaily = 0
        self.keepWeekly = 0
        self.keepMonthly = 0
        self.keepYearly = 0
        self.keepWithinDays = nil
        self.minGood = 3
        self.maxDeletions = 10
        self.shrinkGuard = 0.7
    }

    /// Whether any rule says what to keep; without one nothing is released.
    package var hasRules: Bool {
        self.keepWithinDays != nil
            || [self.keepLast, self.keepHourly, self.keepDaily, self.keepWeekly, self.keepMonthly, self.keepYearly]
                .contains { $0 > 0 }
    }
}
