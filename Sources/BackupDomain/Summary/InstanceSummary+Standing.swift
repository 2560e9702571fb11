package import FoundationEssentials

extension InstanceSummary {
    /// Takes in what a look at a recovery point showed, unless a later look is known.
    ///
    /// Of several POSTs of a run the summary names the backup of one: what became of another's blob says nothing of that one.
    ///
    /// - Parameters:
    ///   - standing: What it showed.
    ///   - point: The recovery point; an adopted one is no run's.
    ///   - date: When the look was, by the blob service's clock.
    package mutating func note(_ standing: SummarizedRun.Standing, of point: RecoveryPoint, at date: Date) {
        guard let run = point.run else { return }
        let known = self.runs.first { $0.run == run } ?? self.lastGood.flatMap { $0.run == run ? $0 : nil }
        if let named = known?.backupName, named != point.name { return }
        self.note(standing, of: run, at: date)
    }
}
