import BackupDomain
import BackupEngine
import Foundation
import Testing

@testable import Commands

@Suite("Numbers, tables and the live line")
struct FormattingTests {
    @Test(arguments: [
        (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 KB"), (1500, "1.5 KB"), (614_400, "614 KB"),
        (999_499, "999 KB"), (999_500, "1 MB"), (1_440_000, "1.4 MB"), (12_345_678, "12 MB"), (5_000_000_000, "5 GB"),
    ])
    func `sizes are short`(_ bytes: Int, _ text: String) {
        #expect(Quantities.size(bytes) == text)
    }

    @Test(arguments: [
        (0, "0 s"), (59, "59 s"), (60, "1 min"), (61, "1 min 01 s"), (600, "10 min"), (3599, "59 min"), (3600, "1 h"),
        (11_340, "3 h 09 min"), (86_400, "1 d"), (100_800, "1 d 4 h"), (-5, "0 s"),
    ])
    func `durations are what a person says`(_ seconds: Int, _ text: String) {
        #expect(Duration.seconds(seconds).formattedBriefly == text)
    }

    @Test func `tables line up by what is seen, and take any row`() {
        let table = Table(
            [.init("NAME"), .init("SIZE", isRightAligned: true), .init("X")],
            rows: [["a", "1", "x"], ["日本", "22"], [], ["\u{1B}[32mgreen\u{1B}[0m", "3", "x", "surplus"]]
        )
        #expect(
            table.lines == [
                "NAME   SIZE  X", "a         1  x", "日本     22", "", "\u{1B}[32mgreen\u{1B}[0m     3  x",
            ]
        )
    }

    @Test func `the live line tells state, elapsed and usual time within the width`() {
        let night = Date(timeIntervalSince1970: 1_795_482_000)
        let line = LiveLine(instance: "contoso-apim", state: .accepted, began: night, usual: .seconds(640))
        #expect(
            line.text(at: night + 245, frame: 0, columns: 80)
                == "⠋ contoso-apim  backing up  4 min 05 s  (usually 10 min)"
        )
        #expect(line.text(at: night + 245, frame: 1, columns: 20).count == 19)
    }

    @Test func `the usual time is the median of verified runs`() throws {
        #expect(UsualDuration.median(of: []) == nil)
        let failed = try PrinterTests.failed()
        #expect(UsualDuration.median(of: [failed]) == nil)
        #expect(UsualDuration.median(of: [failed, try PrinterTests.verified()]) == .seconds(600))
    }
}
