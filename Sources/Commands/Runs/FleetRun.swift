import BackupDomain
import BackupEngine
import Settings

/// The backups of several instances at once: one's trouble never stops the others.
struct FleetRun: Sendable {
    /// What backs up one.
    let run: InstanceRun
    /// How many are worked on at once.
    let width: Int
    /// Shows what goes on.
    let printer: FleetPrinter

    /// An instance that is to be backed up, or why its settings cannot be used.
    typealias Wanted = (reference: String, settings: Result<InstanceSettings, BackupError>)

    /// Backs them all up.
    ///
    /// Once somebody asks to stop, none is begun any more.
    ///
    /// - Parameters:
    ///   - wanted: The instances.
    ///   - mode: How each run is watched.
    /// - Returns: How each ended, in the order in which they were given.
    func backUp(_ wanted: [Wanted], _ mode: RunWatcher.Mode) async -> [InstanceEnd] {
        let ends = try? await wanted.map(width: self.width) { wanted -> InstanceEnd in
            let end = await InstanceEnd.of(wanted.reference, self.run.context.interruption) {
                if self.run.context.stop.isRaised { throw CancellationError() }
                return try await self.run.backUp(try wanted.settings.get()) { _ in
                    RunWatcher(
                        mode: mode,
                        terminal: self.run.context.terminal,
                        clock: self.run.connection.clock,
                        interruption: self.run.context.interruption
                    ) { _ in nil }
                }
            }
            self.printer.printEnd(end, at: self.run.connection.clock.now)
            return end
        }
        // The work on one takes whatever happens for its end, and throws nothing.
        return ends ?? []
    }
}
