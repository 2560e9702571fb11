import BackupDomain
import BackupEngine

/// What must hold of a run that somebody has left since there was no time for it: the next process takes it up.
extension Oracle {
    /// Somebody has left a run to the next process.
    struct Leaving: Sendable {
        var process: Int
        /// When, in milliseconds since 1970.
        var at: Int64
    }

    /// How long the storage account must have been without a fault for every record to be where it belongs.
    private static let calm: Int64 = 15 * 60_000
    /// How long an operation is followed before its run ends without having been seen to its end.
    private static let operationLimit: Int64 = 12 * 3_600_000
    /// For so long no process follows a run that ends it for want of a credential.
    private static let hurry: Int64 = 25 * 60_000

    /// A process has come back with a run: what it tells must be what the record says.
    mutating func returned(_ report: RunReport, by process: Int, at now: Int64) {
        let (run, told) = (report.record.run.text, report.record.outcome?.rawValue)
        let known = report.record.kind == .restore ? self.restores[run] : self.records[run]
        if report.ending == .ended, report.place == .catalog, told != known?.text.outcome {
            self.violate(
                .recordsTellTheTruth,
                "process \(process) tells that \(run) ended \(told ?? "not at all"), and its record says "
                    + (known?.text.outcome ?? "nothing"),
                at: now
            )
        }
        guard report.ending == .outOfTime else { return }
        self.leavings[run, default: []].append(Leaving(process: process, at: now))
        let (followed, patience) = (now - self.began(process), self.works[process]?.patience)
        if followed < patience ?? .max {
            self.violate(
                .everythingEnds,
                "process \(process) leaves \(run) after \(followed / 1000) s already",
                at: now
            )
        }
        // Whose call had no answer does not know what it has written.
        guard now - self.lastStorageFault > Self.calm else { return }
        guard let known, known.writer == process, let outcome = known.text.outcome else { return }
        self.violate(
            .recordsTellTheTruth,
            "process \(process) leaves \(run) open, and has ended it as \(outcome)",
            at: now
        )
    }

    /// A record was written: nobody begins a run while another one is open that was left before, nor ends one for lack of time.
    ///
    /// - Parameters:
    ///   - text: What it says.
    ///   - records: What is known of the records of its kind.
    ///   - process: Who wrote it.
    ///   - account: What Azure knows.
    mutating func requireTakenUp(
        _ text: RecordText,
        among records: [String: Known],
        by process: Int,
        _ account: Account
    ) {
        let now = account.now
        if records[text.run] == nil, now - self.lastStorageFault > Self.calm {
            for (run, leavings) in self.leavings.sorted(by: { $0.key < $1.key }) {
                guard let known = records[run], known.text.outcome == nil, let left = leavings.last,
                    left.at < self.began(process)
                else { continue }
                self.violate(
                    .everythingEnds,
                    "process \(process) begins \(text.run) and takes \(run) not up, which process \(left.process) left",
                    at: now
                )
            }
        }
        guard text.outcome == "unknown", let patience = self.works[process]?.patience, patience < Self.hurry,
            // Who is sent elsewhere believes nothing.
            !text.attempts.contains(where: { $0.location?.hasPrefix("https://example.net") ?? false }),
            account.operations.contains(where: {
                $0.run == text.run && now < $0.endsAt && now < $0.acceptedAt + Self.operationLimit
            })
        else { return }
        self.violate(
            .recordsTellTheTruth,
            "process \(process) has no time, and says of \(text.run), on which Azure is at work, that nothing is known",
            at: now
        )
    }
}
