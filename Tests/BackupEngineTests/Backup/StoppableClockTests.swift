import BackupDomain
import BackupEngine
import TestSupport
import Testing

@Suite("A clock whose long waits end when somebody asks to stop")
struct StoppableClockTests {
    @Test func `a long wait ends, and the base clock has nobody asleep any more`() async throws {
        let base = ManualClock()
        let stop = StopSignal()
        let clock = StoppableClock(base, stop: stop)
        async let waits: Void = clock.sleep(for: .seconds(1800))
        await base.sleepers(1)
        stop.raise()
        do {
            try await waits
            Issue.record("waited on")
        } catch is CancellationError {
            #expect(base.uptime == .zero)
        }
    }

    @Test func `a long wait that nobody stops lasts its time`() async throws {
        let base = ManualClock()
        let clock = StoppableClock(base, stop: StopSignal())
        async let waits: Void = clock.sleep(for: .seconds(1800))
        await base.sleepers(1)
        base.advance(by: .seconds(1800))
        try await waits
    }

    @Test func `a short wait is waited out although the signal is raised`() async throws {
        let base = ManualClock(sleeping: .advances)
        let stop = StopSignal()
        stop.raise()
        try await StoppableClock(base, stop: stop).sleep(for: .seconds(20))
        #expect(base.uptime == .seconds(20))
    }
}
