import Observability
import Scheduling
import Settings

extension CommandContext {
    /// The same for the fleet of some settings: with their time zones as they are now, whatever becomes of the files.
    ///
    /// - Parameters:
    ///   - settings: The settings, whose zones are there.
    ///   - tail: Keeps the newest lines of the log, which tells of a zone that vanishes, as a fault of the settings.
    /// - Returns: The context.
    func remembering(_ settings: ProgramSettings, tail: LogTail) -> Self {
        let (files, log) = (
            self.zoneFiles, EventLog(settings.log, tail: tail, clock: self.clock, terminal: self.terminal)
        )
        let zones = RememberedZones(files) {
            for problem in settings.zoneProblems(in: files) { log.problem(problem) }
        }
        // Each is read once, so that it is remembered before it is needed.
        _ = settings.zoneProblems(in: zones)
        var context = self
        context.rememberedZones = zones
        return context
    }
}
