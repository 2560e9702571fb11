/// Reports as a person reads them.
extension WorldReport {
    /// The whole story with what went wrong at its end.
    package var fullStory: String {
        let lines = self.story.map { "\(WireDate.story($0.at))  \($0.text)" }
        let names = self.present.joined(separator: ", ")
        return (["what it takes: \(names)"] + lines + self.wrongs + ["digest \(String(self.digest, radix: 16))"])
            .joined(separator: "\n")
    }

    /// What went wrong, with what happened in the day before, and how to see it again.
    package var summary: String {
        let first = self.violations.map(\.at).min() ?? 0
        let near = self.story.filter { (first - 86_400_000...first).contains($0.at) }.suffix(60)
        let unscheduled =
            (self.isScheduled ? [] : [SimulatedWorld.Settings.scheduleName])
            + (self.hasRestores ? [] : [SimulatedWorld.Settings.restoresName])
            + (self.hasHurry ? [] : [SimulatedWorld.Settings.hurryName])
        let missing = (self.left.map(\.name) + self.undone.map(\.name) + unscheduled).joined(separator: ",")
        let names = self.present.isEmpty ? "none" : self.present.joined(separator: ", ")
        return
            (["seed \(self.seed), what it takes: \(names)"]
            + near.map { "  \(WireDate.story($0.at))  \($0.text)" } + self.wrongs
            + ["  again: simulate --seed \(self.seed)\(missing.isEmpty ? "" : " --without \(missing)")"])
            .joined(separator: "\n")
    }

    private var present: [String] {
        self.faults.map(\.name) + self.chores.map(\.name)
            + (self.isScheduled ? [SimulatedWorld.Settings.scheduleName] : [])
            + (self.hasRestores ? [SimulatedWorld.Settings.restoresName] : [])
            + (self.hasHurry ? [SimulatedWorld.Settings.hurryName] : [])
    }

    private var left: [FaultKind] {
        FaultKind.allCases.filter { !self.faults.contains($0) && (!$0.isOfUpkeep || !self.chores.isEmpty) }
    }

    private var undone: [Chore] { Chore.allCases.filter { !self.chores.contains($0) } }

    private var wrongs: [String] {
        self.violations.prefix(5).map { "  \(WireDate.story($0.at))  BROKEN \($0.invariant): \($0.text)" }
    }

    /// The same failure with as few kinds of faults and chores as it takes.
    ///
    /// Each is left out in turn, and stays out where the same invariant breaks without it.
    ///
    /// - Parameter base: What is left out anyway.
    /// - Returns: A report with its story.
    package func minimized(_ base: SimulatedWorld.Settings) -> WorldReport {
        var settings = base
        settings.seed = self.seed
        func leaveOut(_ change: (inout SimulatedWorld.Settings) -> Void) {
            var fewer = settings
            change(&fewer)
            let broken = SimulatedWorld.run(fewer).violations
            if broken.contains(where: { $0.invariant == self.violations.first?.invariant }) { settings = fewer }
        }
        if self.isScheduled { leaveOut { $0.withoutSchedule = true } }
        if self.hasRestores { leaveOut { $0.withoutRestores = true } }
        if self.hasHurry { leaveOut { $0.withoutHurry = true } }
        leaveOut { $0.withoutChores = Set(Chore.allCases) }
        for chore in self.chores where !settings.withoutChores.contains(chore) {
            leaveOut { $0.withoutChores.insert(chore) }
        }
        for kind in self.faults { leaveOut { $0.without.insert(kind) } }
        settings.isTold = true
        return SimulatedWorld.run(settings)
    }
}

extension Campaign.Progress {
    /// One line of figures.
    ///
    /// - Parameter elapsed: How long it has taken so far.
    /// - Returns: The line.
    package func line(after elapsed: Duration) -> String {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        let rate = seconds > 0 ? self.years / seconds : 0
        let outcomes = self.outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return "\(Self.rounded(self.years)) years in \(Self.rounded(seconds)) s, \(Self.rounded(rate)) years/s; "
            + "\(self.nights) nights with a backup, \(self.backups) backups, \(self.restores) restores, \(self.leavings) runs left for lack of time, "
            + "\(self.crashes) of \(self.processes) processes died; records: \(outcomes); "
            + "\(self.failures.count) worlds with violations"
    }

    private static func rounded(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }
}
