import BackupDomain
import BackupEngine

/// A record with what the catalog's other documents say of its backup: the record's own fields first, then ours.
struct ShownRecord: Encodable, Sendable {
    var record: RunRecord
    /// What checks have shown.
    var verification: BackupVerification?
    /// The pin that holds.
    var pin: BackupPins.Change?
    /// What `prune` did.
    var deletion: BackupDeletions.Entry?
    /// The times of the schedule that were left out after this run, before the next one.
    var leftOut: [ScheduleEntry] = []

    private enum CodingKeys: String, CodingKey {
        case verification, pin, deletion, leftOut
    }

    func encode(to encoder: any Encoder) throws {
        try self.record.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(self.verification, forKey: .verification)
        try container.encodeIfPresent(self.pin, forKey: .pin)
        try container.encodeIfPresent(self.deletion, forKey: .deletion)
        if !self.leftOut.isEmpty { try container.encode(self.leftOut.map(LeftOutTimes.init), forKey: .leftOut) }
    }

    /// The documents in words.
    var sections: [(title: String, facts: [(String, String)])] {
        var sections: [(String, [(String, String)])] = []
        if let pin = self.pin {
            let facts = [("since", pin.at.iso8601), ("by", "\(pin.by)")] + (pin.reason.map { [("reason", $0)] } ?? [])
            sections.append(("Pin", facts))
        }
        if let verification = self.verification {
            var facts = VerificationLevel.allCases.compactMap { level in
                verification.levels[level.rawValue].map { (level.rawValue, $0.at.iso8601) }
            }
            if let finding = verification.finding {
                facts.append(("finding", "\(finding.kind.rawValue), first noticed \(finding.noticedAt.iso8601)"))
            }
            sections.append(("Verification", facts))
        }
        if let deletion = self.deletion {
            let facts: [(String, String)] = [
                ("state", deletion.state.rawValue), ("intended", deletion.intendedAt.iso8601),
                ("ended", deletion.endedAt?.iso8601 ?? "not written down"), ("by", "\(deletion.by)"),
                ("why", deletion.reasons.map(\.text).joined(separator: "; ")),
            ]
            sections.append(("Prune", facts))
        }
        if !self.leftOut.isEmpty {
            let facts = self.leftOut.map { entry in
                let span = entry.count == 1 ? "" : "to \(entry.until.iso8601) "
                return (entry.from.iso8601, "\(span)\(entry.outcome.rawValue): \(entry.reason?.text ?? "")")
            }
            sections.append(("Left out of the schedule since", facts))
        }
        return sections
    }
}

extension RecoveryPointSource {
    /// Reads what the catalog's other documents say of a record's backup.
    ///
    /// - Parameter record: The record.
    /// - Returns: The record with them.
    /// - Throws: ``BackupDomain/BackupError``
    func shown(_ record: RunRecord) async throws -> ShownRecord {
        var shown = ShownRecord(record: record)
        let key = record.instanceKey
        shown.leftOut =
            try await ScheduleBoard(documents: self.documents).history(of: key)?.leftOut(after: record.nominalAt) ?? []
        guard let backup = record.backup else { return shown }
        let file = "\(CatalogPath.digest(backup.name, in: backup.container)).json"
        shown.verification =
            try await self.documents.read(
                BackupVerification.self,
                at: CatalogPath.verifications(of: key) + file
            )?.document
        shown.pin =
            try await self.documents.read(BackupPins.self, at: CatalogPath.pins(of: key) + file)?.document.current
        shown.deletion =
            try await self.documents.read(
                BackupDeletions.self,
                at: CatalogPath.prunes(of: key) + file
            )?.document.explanation
        return shown
    }
}
