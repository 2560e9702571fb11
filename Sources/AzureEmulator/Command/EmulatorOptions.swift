/// How an emulator is run.
package struct EmulatorOptions: Sendable {
    /// The address that all listeners bind to.
    package var host: String
    /// The first of six ports that follow each other; nil for free ones.
    package var firstPort: Int?
    /// The folder that keeps the state over restarts; nil keeps it in memory.
    package var stateDirectory: String?
    /// The calls that are made to fail.
    package var faults: [FaultRule]
    /// Time, waiting, chance, and where temporary files go.
    package var sources: EmulatorSources

    /// Creates options; the defaults are free ports on loopback, and nothing kept.
    package init(
        host: String = "127.0.0.1",
        firstPort: Int? = nil,
        stateDirectory: String? = nil,
        faults: [FaultRule] = [],
        sources: EmulatorSources
    ) {
        self.host = host
        self.firstPort = firstPort
        self.stateDirectory = stateDirectory
        self.faults = faults
        self.sources = sources
    }
}
