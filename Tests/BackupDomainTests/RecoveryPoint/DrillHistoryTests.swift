import BackupDomain
import FoundationEssentials
import TestSupport
import Testing

@Suite("The history of drills")
struct DrillHistoryTests {
    static func drill(_ day: Int, passed: Bool) -> DrillHistory.Drill {
        DrillHistory.Drill(
            at: Date(timeIntervalSince1970: 1_795_482_000 + Double(day) * 86_400),
            backupName: "b\(day)",
            backupRun: nil,
            run: RunID(instance: .sample(named: "scratch"), nominalAt: Date(timeIntervalSince1970: Double(day))),
            target: .sample(named: "scratch"),
            seconds: 1800,
            isPassed: passed,
            differences: passed ? 0 : 3,
            reason: passed ? nil : "3 things differ."
        )
    }

    @Test func `names the newest that was passed, and keeps the newest sixty`() throws {
        var history = DrillHistory()
        #expect(history.newestPassed == nil)
        for day in 1...70 { history.note(Self.drill(day, passed: day != 70)) }
        #expect(history.drills.count == DrillHistory.mostDrills)
        #expect(history.newestPassed?.backupName == "b69")
        let content = try JSONEncoder.stable().encode(history)
        #expect(try JSONDecoder.stable().decode(DrillHistory.self, from: content) == history)
    }
}
