import BackupDomain
import BackupEngine

extension BackupDocuments {
    /// The documents in words: titles, and labels with texts.
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
        return sections
    }
}
