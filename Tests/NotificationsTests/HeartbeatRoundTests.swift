import BackupDomain
import Foundation
import Notifications
import TestSupport
import Testing

@Suite("Which signs of life runs make")
struct HeartbeatRoundTests {
    static let runs = ["a", "b"].map { RunID(instance: .sample(named: $0), nominalAt: Notices.night) }

    /// What happens, as words, and the signs that it makes.
    static func signs(_ events: String) -> [String] {
        var round = HeartbeatRound()
        return events.split(separator: " ").compactMap { event -> HeartbeatRound.Sign? in
            switch event {
            case "begin-a": return round.begin(runs[0])
            case "begin-b": return round.begin(runs[1])
            case "begin": return round.begin(nil)
            case "good": return round.end(true)
            case "bad": return round.end(false)
            case "left": return round.end(nil)
            case "hold":
                round.hold()
                return nil
            case "release": return round.release()
            default: return nil
            }
        }.map { sign in
            let name = sign.run.flatMap { run in runs.firstIndex(of: run) }.map { ["a", "b"][$0] } ?? "-"
            return "\(sign.signal.rawValue) \(name)"
        }
    }

    @Test(arguments: [
        ("begin-a good", ["start a", "success a"]),
        ("begin-a bad", ["start a", "fail a"]),
        ("begin-a begin-b good bad", ["start a", "fail a"]),
        ("begin-b begin-a bad good", ["start b", "fail b"]),
        ("begin-a good begin-b good", ["start a", "success a", "start b", "success b"]),
        ("hold begin-a good begin-b good release", ["start a", "success a"]),
        ("hold release", []),
        ("begin-a left", ["start a"]),
        ("begin-a begin-b left bad", ["start a", "fail a"]),
        ("begin-a left begin-b good", ["start a", "start b", "success b"]),
        ("hold begin bad release", ["start -", "fail -"]),
    ])
    func `one begins a round, and one ends it`(_ events: String, _ signs: [String]) {
        #expect(Self.signs(events) == signs)
    }
}
