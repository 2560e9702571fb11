package import BackupDomain
package import FoundationEssentials

/// What the catalog says of each instance, as metrics: a function of values, so that a restart changes nothing.
package struct WatchMetrics: Sendable {
    /// One instance.
    package struct Line: Sendable {
        /// What is known of it and expected.
        package var watch: InstanceWatch
        /// Whether it is protected.
        package var verdict: ProtectionStatus.Verdict

        /// Creates a line.
        package init(watch: InstanceWatch, verdict: ProtectionStatus.Verdict) {
            self.watch = watch
            self.verdict = verdict
        }
    }

    private let lines: [Line]
    private let now: Date

    /// Creates metrics.
    ///
    /// - Parameters:
    ///   - lines: The instances.
    ///   - now: The present instant.
    package init(_ lines: [Line], at now: Date) {
        self.lines = lines
        self.now = now
    }

    /// The metrics.
    package var families: [MetricFamily] {
        [
            self.family(.lastVerified) {
                ($0.watch.summary?.lastGood).map { Self.instant($0.createdAt ?? $0.nominalAt) }
            },
            self.family(.expectedInterval) {
                ($0.watch.ageLimit.interval ?? $0.watch.ageLimit.maxAge)?.timeInterval
            },
            self.family(.maxAge) { $0.watch.allowedAge?.timeInterval },
            self.family(.nextRun) { ($0.watch.next?.nominalAt).map(Self.instant) },
            self.family(.restorableUntil) { line in
                let own = [line.watch.summary?.lastGood?.restorableUntil].compactMap(\.self)
                return (own + self.adopted(line).map(\.restorableUntil)).max().map(Self.instant)
            },
            self.family(.recoveryPoints) { line in
                let own = line.watch.summary?.runs.count { $0.isRecoveryPoint(at: self.now) } ?? 0
                let count = own + self.adopted(line).count
                // What has no backup is not without one.
                return line.watch.isInventoryOnly && count == 0 ? nil : Double(count)
            },
            self.family(.protected) { line in
                // Of what has no backup nobody is to be told each night that it is not protected.
                line.watch.isInventoryOnly ? nil : line.verdict == .protected ? 1 : 0
            },
            self.family(.lastInventory) { line in
                line.watch.summary?.runs.first { $0.inventory != nil }.map { Self.instant($0.changedAt) }
            },
            self.family(.failedRuns) { Double($0.watch.failingRuns.count) },
            self.family(.lastRun) { line in
                line.watch.summary?.runs.first { $0.state == .ended }.map { Self.instant($0.changedAt) }
            },
            self.family(.lastRunDuration) { line in
                line.watch.summary?.runs.first { $0.outcome == .verified }?.duration?.timeInterval
            },
            self.family(.usualRunDuration) { $0.watch.usualDuration?.timeInterval },
            self.family(.inFlightAge) { line in
                let begun = line.watch.summary?.unfinished.map { $0.startedAt ?? $0.nominalAt }.min()
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
    private func adopted(_ line: Line) -> [AdoptedBackups.Point] { line.watch.adopted?.restorable(at: self.now) ?? [] }

    private func family(_ name: MetricName, _ value: (Line) -> Double?) -> MetricFamily {
        MetricFamily(
            name,
            self.lines.compactMap { line in
                // Prometheus itself names its targets 'instance'.
                value(line).map { value in
                    MetricSample(
                        value,
                        [.init("apim", line.watch.instance.name), .init("apim_key", line.watch.key.text)]
                    )
                }
            }
        )
    }

    /// How many checks stand so; nil where the doctor has not looked.
    private static func count(_ verdict: CheckVerdict, _ line: Line) -> Double? {
        guard let checkup = line.watch.checkup, checkup.madeAt != nil else { return nil }
        return Double(checkup.results.count { $0.verdict == verdict })
    }

    private static func instant(_ date: Date) -> Double { (date.timeIntervalSince1970 * 1000).rounded() / 1000 }
}
