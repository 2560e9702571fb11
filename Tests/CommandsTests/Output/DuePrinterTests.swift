import BackupDomain
import BackupEngine
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Commands

@Suite("What run --due prints")
struct DuePrinterTests {
    @Test func `a time that was left out is written with its reason at once, since other instances print meanwhile`() {
        let night = Date(timeIntervalSince1970: 1_795_482_000)
        let written = Mutex<[String]>([])
        let terminal = Terminal(
            abilities: Terminal.Abilities(),
            output: { text in written.withLock { $0.append(text) } },
            error: { (_: String) -> Void in }
        )
        let printer = DuePrinter(
            terminal: terminal,
            format: .table,
            isQuiet: false,
            instance: ScheduledInstance(id: .sample(named: "contoso-apim"), schedule: Schedule(), zone: .utc)
        )
        let entry = ScheduleEntry(
            from: night,
            until: night,
            count: 1,
            outcome: .missed,
            reason: ScheduleReason(.superseded, "No scheduler was at work."),
            decidedAt: night
        )
        printer.print(.leftOut([entry]))
        #expect(
            written.withLock(\.self) == ["missed  contoso-apim  2026-11-24T01:00:00Z\n  No scheduler was at work.\n"]
        )
    }
}
