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
        let key = try #require(roster.take(Self.id, settings))
        #expect(roster.take(Self.id, settings) == nil)
        #expect(roster.members[key]?.id == Self.id)
        #expect(roster.members[key]?.reference == Self.id.text)
    }

    @Test func `says what is news of an instance`() {
        var roster = FleetRoster()
        let (away, gone) = (BackupError(.unreachable, "away"), BackupError(.instanceNotFound, "gone"))
        #expect(!roster.note("a", nil))
        #expect(roster.note("a", away))
        #expect(!roster.note("a", away))
        #expect(roster.note("a", gone))
        #expect(roster.unresolved.map(\.reason) == ["gone"])
        #expect(roster.note("a", nil))
        #expect(roster.unresolved.isEmpty)
    }

    @Test func `looks again ever later, after five minutes at the most, and sooner once all was well`() {
        var roster = FleetRoster()
        let key = InstanceKey(Self.id)
        #expect((0..<5).map { _ in roster.trouble(key) } == [60, 120, 240, 300, 300].map { .seconds($0) })
        roster.well(key)
        #expect(roster.trouble(key) == .seconds(60))
        #expect(roster.resume(key))
        #expect(!roster.resume(key))
    }
}
