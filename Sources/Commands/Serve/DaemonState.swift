import Observability

/// What the daemon keeps when its settings change.
struct DaemonState: Sendable {
    /// The newest lines of the log.
    let tail = LogTail()
    /// What is counted.
    let counts = ProcessCounts(metrics: ProcessMetrics())
    /// Gives memory back when work has ended.
    let memory: MemoryRelease
    /// What the catalogs said last.
    let catalogs = WatchedCatalogs()
}
