import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("Pauses of a schedule")
struct PauseHistoryTests {
    static let now = Date(timeIntervalSince1970: 1_795_482_000)

    static func pause(at: Date = now, hours: Double) -> SchedulePause {
        SchedulePause(pausedAt: at, until: at + hours * 3600, reason: nil, by: RecordedPrincipal(credential: "someone"))
    }

    @Test func `end by themselves, or when somebody says so`() {
        var history = PauseHistory(instance: .sample(named: "contoso-apim"))
        #expect(history.pause(at: Self.now) == nil)
        history.add(Self.pause(hours: 2))
        #expect(history.pause(at: Self.now) != nil)
        #expect(history.pause(at: Self.now + 7199) != nil)
        #expect(history.pause(at: Self.now + 7200) == nil)
        let isEnded = history.end(at: Self.now + 60, by: RecordedPrincipal(credential: "other"))
        #expect(isEnded)
        #expect(history.pause(at: Self.now + 61) == nil)
        let isEndedAgain = history.end(at: Self.now + 62, by: RecordedPrincipal(credential: "other"))
        #expect(!isEndedAgain)
        #expect(history.pauses.map(\.resumedBy?.credential) == ["other"])
    }

    @Test func `a new one takes the place of the old one, also where it is shorter`() {
        var history = PauseHistory(instance: .sample(named: "contoso-apim"))
        history.add(Self.pause(hours: 48))
        history.add(Self.pause(at: Self.now + 60, hours: 1))
        #expect(history.pause(at: Self.now + 61)?.until == Self.now + 3660)
        #expect(history.pause(at: Self.now + 7200) == nil)
        #expect(history.pauses.count == 2)
    }

    @Test func `so many are kept and no more`() {
        var history = PauseHistory(instance: .sample(named: "contoso-apim"))
        for number in 0..<PauseHistory.mostPauses + 3 {
            history.add(Self.pause(at: Self.now + Double(number), hours: 1))
        }
        #expect(history.pauses.count == PauseHistory.mostPauses)
        #expect(history.pauses.first?.pausedAt == Self.now + 3)
    }
}
