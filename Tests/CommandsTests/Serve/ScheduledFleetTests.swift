import AzureClient
import BackupDomain
import BackupEngine
import Foundation
import Settings
import TestSupport
import Testing

@testable import Commands

@Suite("A fleet of the daemon", .timeLimit(.minutes(1)))
struct ScheduledFleetTests {
    /// Runs a fleet to its end.
    ///
    /// - Returns: What is left of it.
    static func runToItsEnd() async throws -> () -> Bool {
        var settings = ProgramSettings()
        settings.backup.storage.account = "contosobackups"
        settings.serve.listen = ServeSettings.nowhere
        let context = CommandContext(
            terminal: Terminal(abilities: Terminal.Abilities(), output: { _ in }, error: { _ in }),
            environment: [:],
            clock: ManualClock(),
            stop: StopSignal(),
            invocationID: "00000000-0000-4000-8000-000000000000"
        )
        let fleet = ScheduledFleet(
            settings,
            state: DaemonState(memory: MemoryRelease {}),
            context: context,
            looked: {}
        )
        try await fleet.run { fleet.retire() }
        return { [weak fleet] in fleet == nil }
    }

    @Test func `is let go once it is over, so that settings may change for years`() async throws {
        let isGone = try await Self.runToItsEnd()
        // What was cancelled may take a moment to let go.
        for _ in 0..<1000 where !isGone() { await Task.yield() }
        #expect(isGone())
    }
}
