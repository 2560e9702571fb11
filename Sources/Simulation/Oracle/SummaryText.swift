/// What the oracle reads in an instance's summary.
struct SummaryText: Sendable {
    /// A run as the summary has it.
    struct Run: Sendable, Hashable {
        var run = ""
        var outcome: String?
        var standing: String?
        var etag: String?
        var backupName: String?
    }

    /// The newest runs, newest first.
    private(set) var runs: [Run] = []
    /// The newest good one.
    private(set) var lastGood: Run?

    /// A summary that says nothing.
    init() {}

    /// Reads a summary.
    ///
    /// - Parameter document: The summary.
    init(_ document: IndentedJSON) {
        var section = ""
        document.forEachLine(upTo: 6) { line in
            if line.indent == 2 {
                section = line.key
                if section == "lastGood" { self.lastGood = Run() }
            } else if section == "runs", line.indent == 4 {
                self.runs.append(Run())
            } else if section == "runs", line.indent == 6 {
                Self.take(line, &self.runs[self.runs.count - 1])
            } else if section == "lastGood", line.indent == 4, var run = self.lastGood {
                Self.take(line, &run)
                self.lastGood = run
            }
        }
    }

    private static func take(_ line: IndentedJSON.Line, _ run: inout Run) {
        switch line.key {
        case "run": run.run = line.value
        case "outcome": run.outcome = line.value
        case "standing": run.standing = line.value
        case "etag": run.etag = line.value
        case "backupName": run.backupName = line.value
        default: break
        }
    }
}
