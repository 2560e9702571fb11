/// The command line of the deployed job.
enum JobCommand {
    /// The options of a schedule, which say nothing of a backup that is made at once; each has a value.
    private static let scheduled: Set<String> = ["--cron", "--every", "--time-zone", "--catch-up", "--catch-up-window"]

    /// The same command line, but for a backup at once.
    ///
    /// - Parameter arguments: The job's own arguments.
    /// - Returns: The arguments without `--due` and what belongs to it.
    static func now(_ arguments: [String]) -> [String] {
        var kept: [String] = []
        var skips = false
        for argument in arguments {
            if skips {
                skips = false
            } else if Self.scheduled.contains(argument) {
                skips = true
            } else if argument != "--due" {
                kept.append(argument)
            }
        }
        return kept
    }
}
