import FoundationEssentials

extension RecoveryPoint {
    /// What is read of an instance's catalog documents, by the name of the blob that they are about.
    package struct Documents: Sendable {
        /// What checks have shown.
        package var verifications: [String: BackupVerification]
        /// The pins.
        package var pins: [String: BackupPins]
        /// What `prune` did.
        package var deletions: [String: BackupDeletions]

        /// Creates a value.
        package init(
            verifications: [String: BackupVerification] = [:],
            pins: [String: BackupPins] = [:],
            deletions: [String: BackupDeletions] = [:]
        ) {
            self.verifications = verifications
            self.pins = pins
            self.deletions = deletions
        }
    }

    /// Puts records and blobs together to the recovery points of one instance.
    ///
    /// A record names the blobs of all its POSTs. A blob of one of these names counts as the run's own, unless it was
    /// there before the POST: then somebody else made it, and it is adopted like all that no record names.
    ///
    /// - Parameters:
    ///   - instance: The instance.
    ///   - container: The container of backups.
    ///   - records: The instance's records.
    ///   - blobs: What lies in the container, by name.
    ///   - instances: All instances that are known, to attribute what no record names.
    ///   - documents: The instance's other documents.
    /// - Returns: The recovery points, newest first.
    package static func assemble(
        of instance: InstanceKey,
        in container: String,
        records: [RunRecord],
        blobs: [String: BlobProperties],
        among instances: [InstanceKey],
        documents: Documents
    ) -> [Self] {
        var points: [String: Self] = [:]
        // The newest record of a name wins: it knows what lies there now.
        for record in records.sorted(by: { $0.run < $1.run }) {
            for point in Self.made(by: record, of: instance, in: container, blobs: blobs, documents: documents) {
                points[point.name] = point
            }
        }
        for blob in blobs.values where points[blob.name] == nil {
            guard let found = BlobAttribution(blob: blob.name, among: instances), found.instance == instance else {
                continue
            }
            points[blob.name] = Self(adopted: blob, found, in: container)
        }
        for name in points.keys {
            points[name]?.verification = documents.verifications[name]
            points[name]?.pin = documents.pins[name]?.current
            points[name]?.deletion = documents.deletions[name]?.explanation
        }
        return points.values.sorted { ($0.createdAt, $0.name) > ($1.createdAt, $1.name) }
    }

    private static func made(
        by record: RunRecord,
        of instance: InstanceKey,
        in container: String,
        blobs: [String: BlobProperties],
        documents: Documents
    ) -> [Self] {
        guard record.storage.container == container else { return [] }
        return record.attempts.compactMap { attempt in
            let recorded = record.backup.flatMap { $0.name == attempt.backupName ? $0 : nil }
            let blob = blobs[attempt.backupName]
            // Of a run that could not look, only checks may have seen the blob: they tell that there was one.
            let isChecked =
                documents.verifications[attempt.backupName]?.run == record.run && record.outcome != .verified
            guard blob != nil || recorded != nil || isChecked else { return nil }
            if recorded == nil, let blob, record.outcome != nil, Self.isForeign(blob, to: attempt) { return nil }
            let began = attempt.answeredAt ?? attempt.intendedAt
            let created = recorded?.createdAt ?? blob?.madeAt ?? began
            // What an earlier POST of the run wrote late has no outcome of its own: checks must prove it.
            let isStray = record.outcome == .verified && recorded == nil
            var point = Self(
                container: container,
                name: attempt.backupName,
                instance: instance,
                origin: .run(record.run, outcome: isStray ? .unknown : record.outcome),
                createdAt: created,
                restorableUntil: recorded?.restorableUntil ?? created.addingThirtyDays
            )
            point.recorded = recorded
            point.beforeRestoreOf = record.beforeRestoreOf
            point.things = record.inventory?.things
            point.blob = blob
            return point
        }
    }

    /// Whether a blob cannot be what a POST made: nothing was accepted, or it was there before.
    private static func isForeign(_ blob: BlobProperties, to attempt: RunAttempt) -> Bool {
        guard [.accepted, .unanswered].contains(attempt.submission) else { return true }
        guard let bound = attempt.answeredAt ?? attempt.absentAt, let made = blob.madeAt else { return false }
        return made < bound.wholeSeconds
    }

    /// Takes up a blob that no record of ours names.
    ///
    /// - Parameters:
    ///   - blob: The blob.
    ///   - attribution: Whose it is; nil where its name does not tell.
    ///   - container: The container.
    package init(adopted blob: BlobProperties, _ attribution: BlobAttribution?, in container: String) {
        let created = blob.madeAt ?? Date(timeIntervalSince1970: 0)
        self.init(
            container: container,
            name: blob.name,
            instance: attribution?.instance,
            origin: .adopted(isDated: attribution?.isDated ?? false),
            createdAt: created,
            restorableUntil: created.addingThirtyDays
        )
        self.blob = blob
    }
}

extension Date {
    fileprivate var addingThirtyDays: Date { self + TimeInterval(RecordedBackup.restorableFor.components.seconds) }
}
