package import BackupDomain
package import FoundationEssentials

/// What a look at all watched instances showed.
package struct Observation: Sendable {
    /// A place whose catalog could not be read, or an instance whose newest record there is of a newer version.
    package struct Unreadable: Error, Sendable {
        /// The account's name.
        package var account: String
        /// The instances whose backups go there.
        package var instances: [ResourceID]
        /// Why it could not be read.
        package var error: BackupError

        /// Creates a value.
        package init(account: String, instances: [ResourceID], error: BackupError) {
            self.account = account
            self.instances = instances
            self.error = error
        }
    }

    /// When the look was taken.
    package var at: Date
    /// The instances of which something is known, in the order in which they were named.
    package var instances: [JudgedInstance] = []
    /// The places whose catalogs could not be read.
    package var unreadable: [Unreadable] = []

    /// Creates an observation in which nothing was seen yet.
    ///
    /// - Parameter at: When the look was taken.
    package init(at: Date) { self.at = at }

    /// What is wrong, for the ledger of incidents.
    ///
    /// - Parameters:
    ///   - rules: When something is worth telling.
    ///   - isFinal: Whether nothing more is to be waited for.
    /// - Returns: The round.
    package func round(rules: AlertRules, isFinal: Bool) -> AlertRound {
        var round = AlertRound(self.instances.map(\.watch), rules: rules, at: self.at, isFinal: isFinal)
        for place in self.unreadable {
            round.add(unreadable: place.instances, storageAccount: place.account, place.error)
        }
        return round
    }

    /// When the passing of time alone brings something to tell.
    ///
    /// Counted from when the look began, since reading many catalogs takes its time: what came due meanwhile was not seen.
    ///
    /// - Parameters:
    ///   - rules: When something is worth telling.
    ///   - mornings: When the morning's line is due; nil where nobody wants it.
    /// - Returns: The earliest such instant, which may have passed; nil for never.
    package func nextLook(rules: AlertRules, mornings: NominalTimes?) -> Date? {
        let watches = self.instances.compactMap { $0.watch.nextLook(after: self.at, rules: rules) }
        return (watches + [mornings?.first(after: self.at)?.at].compactMap(\.self)).min()
    }

    /// How many things changed in each instance, by the inventories of the day before a morning's line.
    ///
    /// - Parameter dueAt: When the line is due.
    /// - Returns: The numbers; an instance is missing of which no two inventories were compared.
    package func contents(before dueAt: Date) -> [InstanceKey: Int] {
        let day = dueAt - 86_400...dueAt
        let changes = self.instances.compactMap { instance -> (InstanceKey, Int)? in
            let runs = instance.watch.summary?.runs.filter { day.contains($0.nominalAt) } ?? []
            let totals = runs.compactMap { $0.inventory?.changes?.total }
            return totals.isEmpty ? nil : (instance.watch.key, totals.reduce(0, +))
        }
        return Dictionary(changes) { first, _ in first }
    }

    /// How each instance stands, for the line of a morning; one of which nothing is known counts as at risk.
    package var verdicts: [InstanceKey: ProtectionStatus.Verdict] {
        let unknown = self.unreadable.flatMap(\.instances).map { (InstanceKey($0), ProtectionStatus.Verdict.atRisk) }
        return Dictionary(self.instances.map { ($0.watch.key, $0.verdict) } + unknown) { first, _ in first }
    }
}
