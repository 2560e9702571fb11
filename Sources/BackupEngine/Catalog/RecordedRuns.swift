package import BackupDomain

/// What the records of an instance tell: its summary, and those that only a newer release can honour.
package struct RecordedRuns: Sendable {
    /// The instance's key.
    package var instanceKey: InstanceKey
    /// The newest runs; nil where no record can be read.
    package var summary: InstanceSummary?
    /// The records of a newer version, newest first: of the newest runs, and of those that may be open however old they are.
    package var refused: [RefusedRecord]

    /// Creates a value.
    package init(_ instanceKey: InstanceKey, _ summary: InstanceSummary?, refused: [RefusedRecord] = []) {
        self.instanceKey = instanceKey
        self.summary = summary
        self.refused = refused
    }

    /// The instance's name; in lower case where no record can be read.
    package var instanceName: String { self.summary?.instance.name ?? self.instanceKey.instanceName }

    /// The newest record of a newer version, where nobody can say without it how the instance's newest run went.
    package var newestRefused: RefusedRecord? {
        self.refused.first.flatMap { newest in
            self.summary?.lastRun.map { $0.run > newest.run } ?? false ? nil : newest
        }
    }
}
