package import BackupDomain
package import FoundationEssentials

/// The recovery point that is to be restored, and why this one.
package struct RestoreChoice: Sendable {
    /// The recovery point.
    package var point: RecoveryPoint
    /// Why this one, as a clause.
    package var reason: String
    /// Newer ones that were passed over, newest first.
    package var passedOver: [RecoveryPoint]

    /// Creates a value.
    package init(point: RecoveryPoint, reason: String, passedOver: [RecoveryPoint] = []) {
        self.point = point
        self.reason = reason
        self.passedOver = passedOver
    }

    /// Chooses among an instance's recovery points.
    ///
    /// A name is taken at its word, whatever can be said against that backup: the plan says it. Otherwise it is the newest
    /// good one, or, where unverified ones are allowed, the newest that may be one. A backup that was made just before a restore
    /// holds what that restore was to replace, so it is never taken without being named: whoever repeats a restore that came to
    /// nothing would bring back what he wanted to be rid of.
    ///
    /// - Parameters:
    ///   - selector: Which one is wanted.
    ///   - points: The recovery points, newest first.
    ///   - instance: The instance's name, for messages.
    ///   - allowsUnverified: Whether one will do that nothing has proven.
    ///   - now: The present instant.
    /// - Returns: The choice.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where there is none.
    package static func choose(
        _ selector: RestoreSelector,
        from points: [RecoveryPoint],
        of instance: String,
        allowsUnverified: Bool,
        at now: Date
    ) throws(BackupError) -> Self {
        let bound: Date
        switch selector {
        case .named(let name):
            guard let point = points.first(where: { $0.name == name }) else {
                throw BackupError(
                    .notFound,
                    "There is no backup '\(name)' of \(instance).",
                    remedy: "'apim-backup list' shows the backups that there are."
                )
            }
            return Self(point: point, reason: "named")
        case .latest: bound = .distantFuture
        case .at(let date): bound = date
        }
        let early = points.filter { $0.createdAt <= bound }
        let fits = { (point: RecoveryPoint) in
            guard point.beforeRestoreOf == nil else { return false }
            return point.isGood(at: now) || allowsUnverified && point.mayBeRestored(at: now)
        }
        guard let index = early.firstIndex(where: fits) else {
            throw Self.none(of: early, instance, selector, at: now)
        }
        let word = early[index].isGood(at: now) ? "verified" : "unverified"
        return Self(
            point: early[index],
            reason: bound == .distantFuture
                ? "the newest \(word) backup" : "the newest \(word) backup made by \(bound.iso8601)",
            passedOver: early[..<index].filter { $0.blob != nil }
        )
    }

    private static func none(
        of points: [RecoveryPoint],
        _ instance: String,
        _ selector: RestoreSelector,
        at now: Date
    ) -> BackupError {
        let by = if case .at(let date) = selector { " made by \(date.iso8601)" } else { "" }
        let usable = points.filter { $0.mayBeRestored(at: now) }
        if let safe = usable.first(where: { $0.beforeRestoreOf != nil }),
            usable.allSatisfy({ $0.beforeRestoreOf != nil })
        {
            return BackupError(
                .notFound,
                "There is no verified backup of \(instance)\(by) that Azure still restores but such as were made just before a restore.",
                remedy: "Where what was there before that restore is wanted, name it: --backup \(safe.name)."
            )
        }
        let unproven = usable.first { $0.beforeRestoreOf == nil }
        let expired = points.contains { $0.blob != nil && $0.restorableUntil <= now }
        let archived = points.first { $0.condition == .proven && $0.isOutOfReach(at: now) }
        return BackupError(
            .notFound,
            "There is no verified backup of \(instance)\(by) that Azure still restores."
                + (expired ? " What is there is older than 30 days." : ""),
            remedy: archived.map { point in
                "There is '\(point.name)' in the tier Archive, from which Azure reads nothing: bring it back to Hot or Cool first, "
                    + "which takes hours; 'apim-backup restore --backup \(point.name)' says how."
            } ?? unproven.map { point in
                "There is '\(point.name)', which nothing has proven: 'apim-backup verify' may, and --unverified takes it as it is."
            } ?? "'apim-backup list' shows the backups that there are."
        )
    }
}

extension RecoveryPoint {
    /// Whether there is a blob that Azure may restore, proven or not.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: Whether it may be tried.
    func mayBeRestored(at now: Date) -> Bool {
        guard let blob = self.blob, blob.bytes > 0, self.restorableUntil > now, !blob.isArchived else { return false }
        return [.proven, .unproven, .changed].contains(self.condition)
    }
}
