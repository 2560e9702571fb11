import BackupDomain
import Settings
import TestSupport
import Testing

@testable import Commands

@Suite("The roster of a fleet")
struct FleetRosterTests {
    static let id = ResourceID.sample(named: "contoso-apim")

    @Test func `takes an instance once, and knows it by its id from then on`() throws {
        var roster = FleetRoster()
        let settings = InstanceSettings("contoso-apim", BackupSettings())
        let taken = [roster.take(Self.id, settings), roster.take(Self.id, settings)]
        let key = try #require(taken[0])
        #expect(taken[1] == nil)
        #expect(roster.members[key]?.id == Self.id)
        #expect(roster.members[key]?.reference == Self.id.text)
    }

    @Test func `says what is news of an instance`() {
        var roster = FleetRoster()
        let (away, gone) = (BackupError(.unreachable, "away"), BackupError(.instanceNotFound, "gone"))
        let faults: [BackupError?] = [nil, away, away, gone]
        var isNews: [Bool] = []
        for fault in faults { isNews.append(roster.note("a", fault)) }
        #expect(isNews == [false, true, false, true])
        #expect(roster.faults["a"]?.message == "gone")
        isNews.append(roster.note("a", nil))
        #expect(isNews.last == true)
        #expect(roster.faults.isEmpty)
    }

    @Test func `looks again ever later, after five minutes at the most, and sooner once all was well`() {
        var roster = FleetRoster()
        let key = InstanceKey(Self.id)
        var pauses: [Duration] = []
        for _ in 0..<5 { pauses.append(roster.trouble(key)) }
        roster.well(key)
        pauses.append(roster.trouble(key))
        #expect(pauses == [60, 120, 240, 300, 300, 60].map { .seconds($0) })
        let isFirst = [roster.resume(key), roster.resume(key)]
        #expect(isFirst == [true, false])
    }
}
