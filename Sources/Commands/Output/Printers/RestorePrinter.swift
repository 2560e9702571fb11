import BackupDomain
import BackupEngine
import Foundation

/// The plan of a restore, and how it ended, in words.
struct RestorePrinter {
    let terminal: Terminal
    /// How a person goes on with a restore that was left.
    var followUp = FollowUp()

    /// Prints a plan: what is restored, what that does, and what stays for a person; refusals on standard error.
    ///
    /// - Parameter plan: The plan.
    func print(_ plan: RestorePlan) {
        self.title("Plan of a restore into \(plan.target.id.name)")
        self.facts(self.facts(of: plan))
        self.title("What it does")
        for effect in plan.effects { self.terminal.print("  * \(effect)") }
        for warning in plan.warnings {
            let label = Style.warning.apply("warning", isOn: self.terminal.abilities.colorsOutput)
            self.terminal.print("  * \(label): \(warning)")
        }
        self.print(plan.leftovers)
        for refusal in plan.refusals { ErrorPrinter(terminal: self.terminal).print(refusal) }
    }

    /// Prints how a restore ended.
    ///
    /// - Parameter end: How it ended.
    func print(_ end: RestoreEnd) {
        let record = end.report.record
        let outcome = end.report.outcome
        let word = Style(outcome).apply(outcome?.rawValue ?? "accepted", isOn: self.terminal.abilities.colorsOutput)
        self.terminal.print("\(word)  \(record.instance.name)  from \(record.restore?.backup.name ?? "-")")
        var facts: [(String, String)] = []
        if let taken = record.timeTaken { facts.append(("took", taken.formattedBriefly)) }
        facts.append(("run", record.run.text))
        if let run = record.restore?.safetyBackup { facts.append(("safety backup", "run \(run)")) }
        if case .folder(let folder) = end.report.place { facts.append(("record", "on this machine, below \(folder)")) }
        for check in end.checks {
            facts.append((check.name, check.isGood ? check.text : "\(check.text)  (not as it should be)"))
        }
        self.facts(facts)
        self.print(end.leftovers)
        for warning in record.warnings { self.terminal.note("warning: \(warning)") }
        self.explain(end)
        if let error = end.report.error { ErrorPrinter(terminal: self.terminal).print(error) }
    }

    /// Tells how a restore ended, in the form that was asked for.
    ///
    /// - Parameters:
    ///   - end: How it ended.
    ///   - output: The form.
    func print(_ end: RestoreEnd, as output: OutputOptions) {
        switch output.format {
        case .json:
            self.terminal.printJSON(RestoreSummary(end))
            self.explain(end)
        case .table where output.quiet:
            self.terminal.print(end.report.record.run.text)
            self.explain(end)
            if let error = end.report.error { ErrorPrinter(terminal: self.terminal).print(error) }
        case .table: self.print(end)
        }
    }

    /// Says on standard error what goes on in Azure after the program's end, and how to follow it.
    ///
    /// - Parameter end: How the restore ended.
    func explain(_ end: RestoreEnd) {
        guard end.report.ending.isEarly, let sentence = Interruption.sentence(end.report.record) else { return }
        self.terminal.note(sentence)
        self.terminal.note("  To follow it:  \(self.followUp.follow(end.report.record))")
    }

    private func facts(of plan: RestorePlan) -> [(String, String)] {
        let point = plan.choice.point
        let size = point.blob.map { " (\(Quantities.size($0.bytes)))" } ?? ""
        let until = "\(Quantities.minute(point.restorableUntil)) UTC"
        let left =
            point.restorableUntil > plan.at ? Quantities.days(from: plan.at, until: point.restorableUntil) : "expired"
        let source = plan.source.instance.map { self.place($0.tier, $0.units, $0.location) } ?? "tier not on record"
        let target = self.place(plan.target.tier, plan.target.units, plan.target.location)
        return [
            ("backup", "\(point.name)\(size)"),
            ("where", "\(plan.source.account)/\(point.container)"),
            ("chosen", plan.choice.reason),
            (
                "made",
                "\(Quantities.minute(point.createdAt)) UTC, \(Quantities.age(of: point.createdAt, at: plan.at)) ago"
            ),
            ("restorable until", "\(until) (\(left))"),
            ("from", "\(plan.source.name), \(source)"),
            (
                "into",
                "\(plan.target.id.name), \(target), \(plan.target.provisioningState)\(plan.isInPlace ? ", in place" : "")"
            ),
            ("", plan.target.id.text),
            ("read with", self.identity(plan)),
            ("safety backup", plan.makesSafetyBackup ? "of \(plan.target.id.name) first" : "none"),
            ("takes", plan.expectedTime),
        ]
    }

    private func place(_ tier: Tier, _ units: Int, _ location: String) -> String {
        "\(tier), \(units) unit\(units == 1 ? "" : "s"), \(location)"
    }

    private func identity(_ plan: RestorePlan) -> String {
        let blobs =
            switch plan.reach {
            case .allowed: "it may read the container"
            case .denied: "it may not read the container"
            case .unknown: "it needs to read the container"
            }
        switch plan.access {
        case .systemAssignedManagedIdentity:
            let id = plan.target.identity.systemPrincipalID.map { " (object id \($0))" } ?? ""
            return "the system-assigned identity of \(plan.target.id.name)\(id); \(blobs)"
        case .userAssignedManagedIdentity(let clientID): return "the identity with client id \(clientID); \(blobs)"
        case .accessKey: return "the account's key"
        }
    }

    private func print(_ leftovers: [RestoreLeftover]) {
        guard !leftovers.isEmpty else { return }
        self.title("What a backup does not hold, and stays for a person")
        for leftover in leftovers {
            self.terminal.print("  * \(leftover.text)")
            if let command = leftover.command { self.terminal.print("      \(command)") }
        }
    }

    private func title(_ text: String) {
        self.terminal.print(Style.strong.apply(text, isOn: self.terminal.abilities.colorsOutput))
    }

    private func facts(_ facts: [(String, String)]) {
        for (label, text) in facts {
            self.terminal.print("  \(label)\(String(repeating: " ", count: max(1, 18 - label.count)))\(text)")
        }
    }
}
