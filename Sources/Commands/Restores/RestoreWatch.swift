import BackupEngine

/// Makes what watches a restore, or the backup before it.
enum RestoreWatch {
    /// Makes a watcher.
    ///
    /// - Parameters:
    ///   - work: The restore.
    ///   - output: How results are shown.
    ///   - usual: How long it usually takes; nil where that is not known.
    ///   - isSilent: Whether programs are told of the end only.
    /// - Returns: The watcher.
    static func watcher(
        _ work: RestoreWork,
        _ output: OutputOptions,
        usual: Duration? = nil,
        isSilent: Bool = true
    ) -> RunWatcher {
        let terminal = work.run.context.terminal
        let isLive = terminal.abilities.drawsLive && !output.verbose
        let mode: RunWatcher.Mode =
            switch output.format {
            case .json: isSilent ? .quiet : .json
            case .table where output.quiet: .quiet
            case .table: isLive ? .live : .lines(verbose: output.verbose)
            }
        return RunWatcher(
            mode: mode,
            terminal: terminal,
            clock: work.run.connection.clock,
            interruption: work.run.context.interruption
        ) { _ in usual }
    }
}
