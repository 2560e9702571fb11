import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("A run that may post no more")
struct RunPostLimitTests {
    @Test func `ends where nothing came of a lost POST, instead of posting again`() throws {
        var left = try RunFixture()
        left.feed(.nameChecked(.success(.absent(date: RunFixture.night))))
        var limits = RunLimits()
        limits.posts = 0
        var taken = left
        taken.run = Run(resuming: left.run.record, limits: limits, at: left.now)
        taken.seeIdle(for: 240)
        #expect(taken.run.record.outcome == nil)
        taken.seeIdle(for: 0)
        #expect(taken.run.record.outcome == .failed)
        #expect(taken.run.record.error?.code == .backupMissing)
        #expect(taken.run.record.attempts.count == 1)
    }
}
