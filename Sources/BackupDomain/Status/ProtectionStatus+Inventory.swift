import FoundationEssentials

/// How an instance is judged of which only inventories are taken.
extension ProtectionStatus {
    /// What endangers its inventories.
    static func inventoryDangers(
        _ summary: InstanceSummary?,
        pause: SchedulePause?,
        expectation: Expectation,
        at now: Date
    ) -> [String] {
        let runs = summary?.runs.filter(\.isInventoryOnly) ?? []
        var dangers: [String] = []
        let newest = runs.first { $0.outcome == .inventoried }
        if newest == nil { dangers.append("No inventory was ever taken.") }
        dangers += self.failure(runs.first(where: \.isDecisive))
        if let newest, let allowed = expectation.ageLimit.allowed(usualDuration: nil) {
            let age = self.age(of: newest, at: now)
            if age > allowed {
                dangers.append(
                    "The newest inventory is \(age.formattedBriefly) old; \(allowed.formattedBriefly) are allowed."
                )
            }
        }
        for run in self.stuck(summary, expectation, at: now) {
            dangers.append("The run of \(run.nominalAt.iso8601) has no outcome yet; the next one goes on with it.")
        }
        return dangers + self.rest(pause)
    }

    /// What there is to know where all is well: that there is no backup and why, and how old the inventory is.
    static func inventoryFacts(_ summary: InstanceSummary?, at now: Date) -> [String] {
        guard let summary else { return ["Nothing backs it up: only its inventory is to be taken."] }
        let tier = summary.instance.tier
        let lack =
            tier.supportsBackup
            ? "Nothing backs it up, although its tier, \(tier), has backups: only its inventory is taken."
            : "Its tier, \(tier), has no backup: only its inventory is taken."
        guard let newest = summary.runs.first(where: { $0.outcome == .inventoried }) else { return [lack] }
        let age = self.age(of: newest, at: now).formattedBriefly
        return [lack, "The newest inventory, of \(newest.nominalAt.iso8601), is \(age) old."]
    }

    private static func age(of run: SummarizedRun, at now: Date) -> Duration {
        .seconds(max(0, now.timeIntervalSince(run.changedAt).rounded()))
    }
}
