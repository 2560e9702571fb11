import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("When to look again")
struct ObservationTests {
    /// 2026-11-24T07:29:50Z, ten seconds before the morning's line.
    static let begin = Date(timeIntervalSince1970: 1_795_505_390)
    static let mornings = ClockTime("07:30").map { NominalTimes(.cron($0.daily), zone: .utc) }

    @Test func `what comes due while a look is taken is looked at after it`() {
        // A look at thousands of instances may end long after half past seven; the line is due all the same.
        let observation = Observation(at: Self.begin)
        #expect(observation.nextLook(rules: AlertRules(), mornings: Self.mornings) == Self.begin + 10)
        let after = Observation(at: Self.begin + 10)
        #expect(after.nextLook(rules: AlertRules(), mornings: Self.mornings) == Self.begin + 10 + 86_400)
    }

    @Test func `a run that should have ended meanwhile is looked at too`() {
        var observation = Observation(at: Self.begin)
        var watch = InstanceWatch(instance: .sample(named: "contoso-apim"), storageAccount: "contosobackups")
        watch.expected = [ExpectedRun(nominalAt: Self.begin - 3599)]
        observation.instances = [JudgedInstance(watch: watch, verdict: .protected)]
        #expect(observation.nextLook(rules: AlertRules(), mornings: Self.mornings) == Self.begin + 1)
        #expect(observation.nextLook(rules: AlertRules(), mornings: nil) == Self.begin + 1)
        #expect(Observation(at: Self.begin).nextLook(rules: AlertRules(), mornings: nil) == nil)
    }
}
