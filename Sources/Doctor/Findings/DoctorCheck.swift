package import BackupDomain

/// One thing that the doctor looks at: a judgement over what was read, and nothing else.
package protocol DoctorCheck: Sendable {
    /// The name; stays the same from release to release.
    static var name: CheckName { get }
    /// When people are told that it stands worse than it did; of faults by default.
    static var telling: CheckTelling { get }

    /// Judges.
    ///
    /// - Parameter examination: What was read.
    /// - Returns: One finding, or several where the check is about several things; never none.
    static func judge(_ examination: Examination) -> [Finding]
}

extension DoctorCheck {
    /// Faults only.
    package static var telling: CheckTelling { .faults }

    /// Says that all is well.
    static func ok(_ text: String) -> [Finding] { [Finding(check: self.name.rawValue, verdict: .ok, text: text)] }

    /// Says that something is worth a person's while.
    static func warning(_ text: String, _ remedy: String?, fix: Fix? = nil) -> [Finding] {
        [Finding(check: self.name.rawValue, verdict: .warning, text: text, remedy: remedy ?? fix?.command, fix: fix)]
    }

    /// Says that backups fail, or will be lost.
    static func fault(_ text: String, _ remedy: String?, fix: Fix? = nil, mayPass: Bool = false) -> [Finding] {
        [
            Finding(
                check: self.name.rawValue,
                verdict: .fault,
                text: text,
                remedy: remedy ?? fix?.command,
                fix: fix,
                mayPass: mayPass
            )
        ]
    }

    /// Says that it could not be looked at.
    static func notChecked(_ reason: String) -> [Finding] {
        [Finding(check: self.name.rawValue, verdict: .notChecked, text: reason)]
    }

    /// Judges what was read, or says that it could not be.
    static func judge<Value>(
        _ reading: Reading<Value>,
        missing: () -> [Finding],
        _ body: (Value) -> [Finding]
    ) -> [Finding] {
        switch reading {
        case .found(let value): body(value)
        case .missing: missing()
        case .hidden(let reason), .unanswered(let reason): self.notChecked(reason)
        }
    }

    /// Judges what was read of something whose absence another check tells of.
    static func judge<Value>(_ reading: Reading<Value>, of what: String, _ body: (Value) -> [Finding]) -> [Finding] {
        self.judge(reading, missing: { self.notChecked("There is no \(what) to look at.") }, body)
    }
}
