import BackupDomain
import Doctor

/// What the doctor says of one instance.
struct DoctorReport: Encodable, Sendable {
    /// A finding as JSON shows it.
    private struct Row: Encodable {
        var check: String
        var verdict: Finding.Verdict
        var text: String
        var remedy: String?
        var fixable: Bool

        init(_ finding: Finding) {
            self.check = finding.check
            self.verdict = finding.verdict
            self.text = finding.text
            self.remedy = finding.remedy
            self.fixable = finding.fix != nil
        }
    }

    /// The instance as it was named.
    var instance: String
    /// The findings, in the order of the checks.
    var findings: [Finding]

    /// Whether something is at fault.
    var isFaulty: Bool { self.findings.contains { $0.verdict == .fault } }

    /// What `--fix` would do, each once.
    var fixes: [Fix] {
        var fixes: [Fix] = []
        for case let fix? in self.findings.map(\.fix) where !fixes.contains(fix) { fixes.append(fix) }
        return fixes
    }

    private enum CodingKeys: String, CodingKey {
        case instance, findings, faults, warnings, notChecked
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.instance, forKey: .instance)
        try container.encode(self.count(.fault), forKey: .faults)
        try container.encode(self.count(.warning), forKey: .warnings)
        try container.encode(self.count(.notChecked), forKey: .notChecked)
        try container.encode(self.findings.map(Row.init), forKey: .findings)
    }

    /// How many findings there are of a verdict.
    func count(_ verdict: Finding.Verdict) -> Int { self.findings.count { $0.verdict == verdict } }
}
