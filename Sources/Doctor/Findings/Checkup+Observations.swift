package import BackupDomain

extension Checkup {
    /// Puts findings into what is remembered from one checkup to the next: one observation for each check that people are told of.
    ///
    /// What may pass by itself, such as a network that does not answer, counts as not looked at.
    ///
    /// - Parameter findings: The findings.
    /// - Returns: The gravest finding of each check, in the order of the checks.
    package static func observations(_ findings: [Finding]) -> [CheckObservation] {
        let byCheck = Dictionary(grouping: findings, by: \.check)
        return self.all.compactMap { check in
            guard check.telling != .never, let found = byCheck[check.name.rawValue] else { return nil }
            let finding = found.max { Self.gravity($0) < Self.gravity($1) }
            return finding.map { finding in
                CheckObservation(
                    check: finding.check,
                    verdict: finding.mayPass ? .notChecked : finding.verdict,
                    text: finding.text,
                    remedy: finding.remedy,
                    tellsWarnings: check.telling == .warnings
                )
            }
        }
    }

    /// A check that saw one of two things well, and not the other, has not seen that all is well.
    private static func gravity(_ finding: Finding) -> Int {
        switch finding.mayPass ? .notChecked : finding.verdict {
        case .ok: 0
        case .notChecked: 1
        case .warning: 2
        case .fault: 3
        }
    }
}
