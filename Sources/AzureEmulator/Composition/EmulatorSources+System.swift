import EmulatorRuntime
package import Foundation

extension EmulatorSources {
    /// The machine's own time, chance and temporary folder: what the real program uses.
    ///
    /// - Parameters:
    ///   - timeScale: How many times shorter the durations are that Azure decides; at least 1.
    ///   - virtualStart: The instant at which a virtual clock starts, whose instants run that many times faster too;
    /// nil for real time.
    /// - Returns: The sources.
    package static func system(timeScale: Int = 1, virtualStart: Date? = nil) -> EmulatorSources {
        let virtual = virtualStart.map { VirtualClock(start: $0, scale: timeScale, realStart: Date()) { Date() } }
        var advance: (@Sendable (TimeInterval) -> Void)?
        if let virtual { advance = { seconds in virtual.advance(by: seconds) } }
        let real: any EmulatorClock = RealClock(scale: timeScale) { Date() }
        return EmulatorSources(
            clock: virtual ?? real,
            instantScale: virtualStart == nil ? 1 : timeScale,
            isVirtual: virtualStart != nil,
            advanceClock: advance,
            identifiers: RandomIdentifiers { UUID() },
            pause: { try await Task.sleep(for: $0) },
            temporaryDirectory: FileManager.default.temporaryDirectory
        )
    }
}
