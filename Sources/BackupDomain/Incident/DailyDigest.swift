package import FoundationEssentials

/// How all instances stood on a morning, and what had changed since the one before.
package struct DailyDigest: Sendable, Codable, Hashable {
    /// How many names a list holds at most.
    private static let mostNames = 50

    /// The time for which it was made.
    package private(set) var dueAt: Date
    /// How many instances there are.
    package private(set) var instances: Int
    /// How many are protected.
    package private(set) var protected: Int
    /// Of how many only inventories are taken, as they should be; nil where there are none, and in older digests.
    package private(set) var inventoryOnly: Int?
    /// The keys of those that are at risk, as far as there is room.
    package private(set) var atRisk: [String]
    /// The keys of those that are unprotected, as far as there is room.
    package private(set) var unprotected: [String]
    /// How many incidents are open.
    package private(set) var openIncidents: Int
    /// How many instances had changes of what lies in them, in the runs of the day before; nil where no inventory was compared.
    package private(set) var changedInstances: Int?
    /// How many things were added, removed or changed there; nil where no inventory was compared.
    package private(set) var changedThings: Int?
    /// What has changed since the digest before, each a clause; empty where nothing has, or where there is none before.
    package private(set) var changes: [String]

    /// Makes a digest.
    ///
    /// - Parameters:
    ///   - dueAt: The time for which it is made.
    ///   - verdicts: How each instance stands.
    ///   - openIncidents: How many incidents are open.
    ///   - contents: How many things changed in each instance whose inventories were compared.
    ///   - before: The digest before.
    package init(
        dueAt: Date,
        verdicts: [InstanceKey: ProtectionStatus.Verdict],
        openIncidents: Int,
        contents: [InstanceKey: Int] = [:],
        before: DailyDigest?
    ) {
        func keys(_ verdict: ProtectionStatus.Verdict) -> [String] {
            Array(verdicts.filter { $0.value == verdict }.map(\.key.text).sorted().prefix(Self.mostNames))
        }
        self.dueAt = dueAt
        self.instances = verdicts.count
        self.protected = verdicts.count { $0.value == .protected }
        let inventoryOnly = verdicts.count { $0.value == .inventoryOnly }
        self.inventoryOnly = inventoryOnly == 0 ? nil : inventoryOnly
        self.atRisk = keys(.atRisk)
        self.unprotected = keys(.unprotected)
        self.openIncidents = openIncidents
        if !contents.isEmpty {
            self.changedInstances = contents.values.count { $0 > 0 }
            self.changedThings = contents.values.reduce(0, +)
        }
        self.changes = []
        if let before { self.changes = self.changes(since: before) }
    }

    /// How many need a person.
    package var troubled: Int { self.instances - self.protected - (self.inventoryOnly ?? 0) }

    private func changes(since before: DailyDigest) -> [String] {
        let (bad, wasBad) = (Set(self.atRisk + self.unprotected), Set(before.atRisk + before.unprotected))
        func names(_ keys: Set<String>) -> String {
            keys.sorted().compactMap { InstanceKey(text: $0)?.instanceName }.joined(separator: ", ")
        }
        var changes: [String] = []
        let worse = Set(self.unprotected).subtracting(before.unprotected)
        let risky = Set(self.atRisk).subtracting(wasBad)
        let better = wasBad.subtracting(bad)
        if !worse.isEmpty { changes.append("unprotected now: \(names(worse))") }
        if !risky.isEmpty { changes.append("at risk now: \(names(risky))") }
        if !better.isEmpty { changes.append("well again, or gone: \(names(better))") }
        let more = self.instances - before.instances
        if more != 0 { changes.append("\(abs(more)) \(more > 0 ? "more" : "fewer") watched") }
        return changes
    }
}
