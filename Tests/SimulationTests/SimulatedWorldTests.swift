import Simulation
import Testing

struct SimulatedWorldTests {
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func aWorldOfMisfortunesEndsInOrder(seed: UInt64) {
        let report = SimulatedWorld.run(SimulatedWorld.Settings(seed: seed))
        #expect(report.violations.isEmpty, "\(report.minimized(SimulatedWorld.Settings(seed: seed)).summary)")
        #expect(report.backups >= 2)
    }

    @Test(arguments: [12, 16, 19] as [UInt64])
    func machinesThatGoByAScheduleKeepEachOfItsTimesThroughChangesOfTheClocks(seed: UInt64) {
        let report = SimulatedWorld.run(SimulatedWorld.Settings(seed: seed))
        #expect(report.isScheduled)
        let told = report.violations.isEmpty ? "" : report.minimized(SimulatedWorld.Settings(seed: seed)).summary
        #expect(report.violations.isEmpty, "\(told)")
    }

    @Test func theSameSeedMakesTheSameWorld() {
        var settings = SimulatedWorld.Settings(seed: 7)
        settings.nights = 10
        let first = SimulatedWorld.run(settings)
        settings.isTold = true
        let second = SimulatedWorld.run(settings)
        #expect(first.digest == second.digest)
        #expect(first.steps == second.steps)
        #expect(first.story.isEmpty)
        #expect(!second.story.isEmpty)
    }

    @Test func withoutMisfortuneEveryNightIsVerified() {
        var settings = SimulatedWorld.Settings(seed: 3)
        settings.nights = 5
        settings.without = Set(FaultKind.allCases)
        let report = SimulatedWorld.run(settings)
        #expect(report.violations.isEmpty)
        #expect(report.crashes == 0)
        #expect(report.outcomes.keys.sorted() == ["verified"])
    }
}
