import FoundationEssentials

extension InstanceWatch {
    /// Finds what is wrong with the drills: one that failed is told rather than that the last passed one has become old.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The alert; nil where there are to be no drills, or all is well.
    func drillAlert(at now: Date) -> Alert? {
        guard let drill = self.drill else { return nil }
        if let newest = drill.newest, !newest.isPassed {
            let reason = newest.reason.map { " \($0)" } ?? ""
            return self.drillAlert(
                .drillFailed,
                since: newest.at,
                run: newest.run,
                "The drill of \((newest.nominalAt ?? newest.at).iso8601)\(newest.target.map { " into \($0.name)" } ?? "") did not pass.\(reason)"
            )
        }
        guard let overdueAt = drill.overdueAt, overdueAt < now else { return nil }
        let allowed = drill.allowedAge.formattedBriefly
        let text =
            drill.newestPassed.map { "The last passed drill was on \($0.at.iso8601); \(allowed) are allowed." }
            ?? "No backup was ever restored by a drill; \(allowed) are allowed."
        return self.drillAlert(.drillOverdue, since: overdueAt, run: drill.newestPassed?.run, text)
    }

    private func drillAlert(_ kind: AlertKind, since: Date, run: RunID?, _ text: String) -> Alert {
        Alert(
            kind: kind,
            cause: AlertCause(code: "drill", scope: self.storageAccount),
            instance: self.key,
            name: self.instance.name,
            since: since,
            text: text,
            run: run,
            isMuted: self.pause != nil
        )
    }
}
