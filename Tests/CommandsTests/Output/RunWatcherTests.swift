import BackupDomain
import Foundation
import TestSupport
import Testing

@testable import BackupEngine
@testable import Commands

@Suite("What a watcher says of a run that was found")
struct RunWatcherTests {
    static let night = Date(timeIntervalSince1970: 1_795_482_000)

    @Test func `is said once, however the run comes into this process's hands`() async {
        let capture = Capture()
        let watcher = RunWatcher(
            mode: .lines(verbose: false),
            terminal: capture.terminal(),
            clock: ManualClock(now: Self.night + 3600)
        ) { _ in nil }
        let (older, newer) = (RunRecord.sample(at: Self.night - 86_400), RunRecord.sample(at: Self.night))
        // Its lock is held, so it is watched; the holder dies, so it is taken over; then another one is found.
        for notice: RunNotice in [
            .locked("contoso-apim"), .reattached(older), .reattached(older), .reattached(newer),
        ] {
            await watcher.notice(notice)
        }
        let said = capture.errors.split(separator: "\n").filter { $0.hasSuffix("following it") }
        #expect(said.count == 2, "\(capture.errors)")
        #expect(said.first?.contains("a run of 2026-11-23 01:00 UTC has no end on record yet") == true, "\(said)")
        #expect(said.last?.contains("a run of 2026-11-24 01:00 UTC") == true, "\(said)")
    }
}
