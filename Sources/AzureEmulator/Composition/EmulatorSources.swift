package import EmulatorRuntime
package import Foundation

/// What the emulator takes from the machine, and what tests replace: time, waiting, chance, where files go, and what runs
/// containers.
package struct EmulatorSources: Sendable {
    /// What time it is in the local Azure.
    package var clock: any EmulatorClock
    /// How many times faster than real ones the clock's instants run; 1 unless there is a virtual clock.
    package var instantScale: Int
    /// Whether clients must ask the emulator what time it is.
    package var isVirtual: Bool
    /// Puts the clock forward by so many seconds; nil where it is the machine's own.
    package var advanceClock: (@Sendable (TimeInterval) -> Void)?
    /// Where identifiers come from.
    package var identifiers: any IdentifierSource
    /// Waits, in this machine's time; only faults do.
    package var pause: @Sendable (Duration) async throws -> Void
    /// Runs the commands that stand for containers.
    package var containers: any ContainerRunner
    /// The folder for files that live no longer than the emulator.
    package var temporaryDirectory: URL

    /// Creates the sources; containers are processes of this machine where nothing else is given.
    package init(
        clock: any EmulatorClock,
        instantScale: Int = 1,
        isVirtual: Bool = false,
        advanceClock: (@Sendable (TimeInterval) -> Void)? = nil,
        identifiers: any IdentifierSource,
        pause: @escaping @Sendable (Duration) async throws -> Void,
        containers: (any ContainerRunner)? = nil,
        temporaryDirectory: URL
    ) {
        self.clock = clock
        self.instantScale = instantScale
        self.isVirtual = isVirtual
        self.advanceClock = advanceClock
        self.identifiers = identifiers
        self.pause = pause
        self.containers = containers ?? ProcessContainers()
        self.temporaryDirectory = temporaryDirectory
    }
}
