import BackupDomain
import Doctor

/// What the doctor found, a line a check, or as JSON.
struct DoctorPrinter {
    let terminal: Terminal

    /// Prints the findings on one instance.
    ///
    /// - Parameter report: The findings.
    func print(_ report: DoctorReport) {
        let isOn = self.terminal.abilities.colorsOutput
        self.terminal.print(Style.strong.apply(report.instance, isOn: isOn))
        for finding in report.findings {
            let word = Self.word(finding.verdict)
            let padding = String(repeating: " ", count: 13 - word.count)
            let name = finding.check + String(repeating: " ", count: max(1, 24 - finding.check.count))
            self.terminal.print(
                "  \(Self.style(finding.verdict).apply(word, isOn: isOn))\(padding)\(name)\(finding.text)"
            )
            if let remedy = finding.remedy {
                let mark = finding.fix == nil ? "" : "  (--fix does it)"
                self.terminal.print("\(String(repeating: " ", count: 39))-> \(remedy)\(mark)")
            }
        }
        let counts = Finding.Verdict.allCases.map { "\(report.count($0)) \(Self.word($0))" }
        self.terminal.print("  \(counts.joined(separator: ", "))")
    }

    /// Prints the findings as JSON.
    ///
    /// - Parameter reports: The findings on each instance.
    func printDocument(_ reports: [DoctorReport]) { self.terminal.printDocument(reports) }

    /// Says on standard error what is about to be done.
    ///
    /// - Parameter fixes: What is mended.
    func note(_ fixes: [Fix]) {
        self.terminal.note("What is mended:")
        for fix in fixes { self.terminal.note("  \(fix.command)") }
    }

    private static func word(_ verdict: Finding.Verdict) -> String {
        switch verdict {
        case .ok: "ok"
        case .warning: "warning"
        case .fault: "fault"
        case .notChecked: "not checked"
        }
    }

    private static func style(_ verdict: Finding.Verdict) -> Style {
        switch verdict {
        case .ok: .good
        case .warning: .warning
        case .fault: .bad
        case .notChecked: .faint
        }
    }
}
