package import BackupDomain
package import FoundationEssentials

/// What the catalog says of each instance, as metrics: a function of values, so that a restart changes nothing.
package struct WatchMetrics: Sendable {
    private let instances: [JudgedInstance]
    private let now: Date

    /// Creates metrics.
    ///
    /// - Parameters:
    ///   - instances: The instances.
    ///   - now: The present instant.
    package init(_ instances: [JudgedInstance], at now: Date) {
        self.instances = instances
        self.now = now
    }

    /// The metrics.
    package var families: [MetricFamily] {
        [
            self.family(.lastVerified) {
                ($0.watch.summary?.lastGood).map { Self.instant($0.madeAt) }
            },
            self.family(.expectedInterval) {
                ($0.watch.ageLimit.interval ?? $0.watch.ageLimit.maxAge)?.timeInterval
            },
            self.family(.maxAge) { $0.watch.allowedAge?.timeInterval },
            self.family(.nextRun) { ($0.watch.next?.nominalAt).map(Self.instant) },
            self.family(.restorableUntil) { instance in
                let own = [instance.watch.summary?.lastGood?.restorableUntil].compactMap(\.self)
                return (own + self.adopted(instance).map(\.restorableUntil)).max().map(Self.instant)
            },
            self.family(.recoveryPoints) { instance in
                let own = instance.watch.summary?.runs.count { $0.isRecoveryPoint(at: self.now) } ?? 0
                let count = own + self.adopted(instance).count
                // What has no backup is not without one.
                return instance.watch.isInventoryOnly && count == 0 ? nil : Double(count)
            },
            self.family(.protected) { instance in
                // Of what has no backup nobody is to be told each night that it is not protected.
                instance.watch.isInventoryOnly ? nil : instance.verdict == .protected ? 1 : 0
            },
            self.family(.lastInventory) { instance in
                instance.watch.summary?.runs.first { $0.inventory != nil }.map { Self.instant($0.changedAt) }
            },
            self.family(.failedRuns) { Double($0.watch.failingRuns.count) },
            self.family(.lastRun) { instance in
                instance.watch.summary?.runs.first { $0.state == .ended }.map { Self.instant($0.changedAt) }
            },
            self.family(.lastRunDuration) { instance in
                instance.watch.summary?.runs.first { $0.outcome == .verified }?.duration?.timeInterval
            },
            self.family(.usualRunDuration) { $0.watch.usualDuration?.timeInterval },
            self.family(.inFlightAge) { instance in
                let begun = instance.watch.summary?.unfinished.map { $0.startedAt ?? $0.nominalAt }.min()
                return begun.map { max(0, self.now.timeIntervalSince($0)) } ?? 0
            },
            self.family(.paused) { $0.watch.pause == nil ? 0 : 1 },
            self.family(.lastPassedDrill) { ($0.watch.drill?.newestPassed?.at).map(Self.instant) },
            self.family(.drillPassed) { ($0.watch.drill?.newest?.isPassed).map { $0 ? 1 : 0 } },
            self.family(.drillMaxAge) { $0.watch.drill?.allowedAge.timeInterval },
            self.family(.recoveryTime) { ($0.watch.drill?.newestPassed?.seconds).map(Double.init) },
            self.family(.doctorFaults) { Self.count(.fault, $0) },
            self.family(.doctorWarnings) { Self.count(.warning, $0) },
            self.family(.lastCheckup) { ($0.watch.checkup?.madeAt).map(Self.instant) },
        ]
    }

    /// The backups that others made, as `status` counts them.
    private func adopted(_ instance: JudgedInstance) -> [AdoptedBackups.Point] {
        instance.watch.adopted?.restorable(at: self.now) ?? []
    }

    private func family(_ name: MetricName, _ value: (JudgedInstance) -> Double?) -> MetricFamily {
        MetricFamily(
            name,
            self.instances.compactMap { instance in
                // Prometheus itself names its targets 'instance'.
                value(instance).map { value in
                    MetricSample(
                        value,
                        [.init("apim", instance.watch.instance.name), .init("apim_key", instance.watch.key.text)]
                    )
                }
            }
        )
    }

    /// How many checks stand so; nil where the doctor has not looked.
    private static func count(_ verdict: CheckVerdict, _ instance: JudgedInstance) -> Double? {
        guard let checkup = instance.watch.checkup, checkup.madeAt != nil else { return nil }
        return Double(checkup.results.count { $0.verdict == verdict })
    }

    private static func instant(_ date: Date) -> Double { (date.timeIntervalSince1970 * 1000).rounded() / 1000 }
}
