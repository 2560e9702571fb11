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

    @Test func whoHasLittleTimeLeavesRunsOpenWhichEndAllTheSame() {
        let report = SimulatedWorld.run(SimulatedWorld.Settings(seed: 29))
        #expect(report.hasHurry && report.hasRestores)
        #expect(report.leavings > 3)
        let told = report.violations.isEmpty ? "" : report.minimized(SimulatedWorld.Settings(seed: 29)).summary
        #expect(report.violations.isEmpty, "\(told)")
    }

    /// In the second one many tasks wait for one token, and the process dies soon after: who goes on first decides what it did.
    @Test(arguments: [(7, 10), (614_363_275_592, nil)] as [(UInt64, Int?)])
    func theSameSeedMakesTheSameWorld(seed: UInt64, nights: Int?) {
        var settings = SimulatedWorld.Settings(seed: seed)
        settings.nights = nights
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
