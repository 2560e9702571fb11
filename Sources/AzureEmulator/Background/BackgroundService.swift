import EmulatorRuntime
import Foundation

/// Does what Azure does by itself, for as long as the emulator runs: when something has changed, and when a time has come.
struct BackgroundService: Sendable {
    let clock: any EmulatorClock
    /// Rings when something has changed.
    let wakes: WakeSignal
    let sources: EmulatorSources
    /// Does what can be done now, and says when there is something to do next, where that is known.
    let advance: @Sendable () async throws -> Date?

    /// The longest sleep; a clock that was set meanwhile is noticed after it.
    private static let longestSleep = 3600.0

    /// Works until the task is cancelled.
    func run() async throws {
        while !Task.isCancelled {
            let next = try await self.advance()
            await self.rest(until: next)
        }
    }

    private func rest(until next: Date?) async {
        let wakes = self.wakes
        let pause = self.sources.pause
        let seconds = next.map { $0.timeIntervalSince(self.clock.now) / Double(self.sources.instantScale) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await wakes.wait() }
            if let seconds {
                let sleep = Duration.seconds(min(max(seconds, 0.001), Self.longestSleep))
                // Only a cancellation ends a pause early, and then the loop above ends.
                group.addTask { try? await pause(sleep) }
            }
            await group.next()
            group.cancelAll()
        }
    }
}
