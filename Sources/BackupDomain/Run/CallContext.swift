/// What belongs to every call made on behalf of one run.
package enum CallContext {
    /// The run that calls are made for; nil outside of runs, where the process's own id is sent instead.
    @TaskLocal package static var runID: RunID?
}
