import FoundationEssentials

extension InstanceWatch {
    /// Tells what the doctor found worse than it was.
    ///
    /// Nobody is told now of what is told already, since a run has failed; of what was seen before a run that went well, until
    /// the doctor has looked again; and of checks that are ignored.
    ///
    /// - Parameter isLapsed: Whether the instance lacks its backup.
    /// - Returns: An alert for each check.
    func degradations(isLapsed: Bool) -> [Alert] {
        guard let checkup = self.checkup, let madeAt = checkup.madeAt else { return [] }
        let isOutdated = self.newestGood.map { $0.nominalAt > madeAt } ?? false
        return checkup.worse.map { result in
            Alert(
                kind: .degraded,
                cause: AlertCause(check: result.check, storageAccount: self.storageAccount),
                instance: self.key,
                name: self.instance.name,
                since: result.since,
                text: result.text,
                error: BackupError(
                    .checkFailed,
                    "The check \(result.check) stands so since \(result.since.iso8601).",
                    remedy: result.remedy
                ),
                isMuted: self.pause != nil || isLapsed || isOutdated || self.ignoredChecks.contains(result.check)
            )
        }
    }
}

extension AlertCause {
    /// The cause of what a check found: what is wrong with the caller is wrong for every account.
    fileprivate init(check: String, storageAccount: String) {
        let isOfCaller = [CheckName.credential, .clock].map(\.rawValue).contains(check)
        self.init(code: check, scope: isOfCaller ? "credential" : storageAccount)
    }
}
