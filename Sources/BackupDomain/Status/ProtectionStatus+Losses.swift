import FoundationEssentials

/// Verified backups that are not there any more as they were verified.
extension ProtectionStatus {
    /// Says which of the backups that Azure would still restore are lost: the newest by its name, of the others how many.
    ///
    /// - Parameters:
    ///   - summary: The instance's newest runs.
    ///   - findings: What a look at the blobs showed just now, by their names.
    ///   - isAnyLeft: Whether a good one is left.
    ///   - now: The present instant.
    /// - Returns: A sentence; none where nothing is lost.
    static func losses(
        _ summary: InstanceSummary?,
        _ findings: [String: VerificationFinding],
        isAnyLeft: Bool,
        at now: Date
    ) -> [String] {
        let lost = (summary?.runs ?? []).filter { run in
            [.vanished, .changed].contains(run.standing) && run.backupName != nil
                && run.restorableUntil.map { $0 > now } ?? false
        }
        guard let summary, let newest = lost.first, let name = newest.backupName else { return [] }
        let others = lost.count - 1
        let more =
            switch others {
            case 0: ""
            case 1: " (1 older one is lost too)"
            default: " (\(others) older ones are lost too)"
            }
        let rest = isAnyLeft ? "says which backups are left." : "says more. No verified backup of ours is left."
        return [
            "The backup \(name) \(Self.loss(newest, findings[name]))\(more); "
                + "'apim-backup verify \(summary.instance.name)' \(rest)"
        ]
    }

    private static func loss(_ run: SummarizedRun, _ finding: VerificationFinding?) -> String {
        switch finding?.kind {
        case nil: run.standing == .changed ? "has changed since its run" : "has vanished since its run"
        case .vanished: "has vanished since its run"
        case .empty: "is empty"
        case .archived:
            "lies in the tier Archive, from which Azure restores nothing: bring it back to Hot or Cool, which takes hours"
        case .shrunken, .changed: "was written over since its run: it \(Self.difference(finding))"
        }
    }

    private static func difference(_ finding: VerificationFinding?) -> String {
        guard let was = finding?.was?.bytes, let now = finding?.now?.bytes, was != now else {
            return "is another version"
        }
        return "has \(now) \(now == 1 ? "byte" : "bytes"), and had \(was)"
    }
}
