import BackupDomain
import Scheduling
import Synchronization
import Testing

@Suite("Zones that vanish")
struct RememberedZonesTests {
    /// Zones that can be taken away.
    final class Shelf: TimeZoneDatabase {
        let names = Mutex<Set<String>>(["Europe/Berlin", "Asia/Tokyo"])

        func rules(named name: String) throws(BackupError) -> TimeZoneRules {
            guard self.names.withLock({ $0.contains(name) }) else { throw BackupError(.invalidInput, "No \(name).") }
            return .utc
        }
    }

    @Test func `serve on once they were read, and are told once until they are back`() throws {
        let shelf = Shelf()
        let told = Mutex(0)
        let zones = RememberedZones(shelf) { told.withLock { $0 += 1 } }
        _ = try zones.rules(named: "Europe/Berlin")
        shelf.names.withLock { $0 = [] }
        for _ in 0..<3 { _ = try zones.rules(named: "Europe/Berlin") }
        #expect(told.withLock(\.self) == 1)
        // Of what nobody has read nothing is known.
        #expect(throws: BackupError.self) { try zones.rules(named: "Asia/Tokyo") }
        #expect(told.withLock(\.self) == 1)
        shelf.names.withLock { $0 = ["Europe/Berlin"] }
        _ = try zones.rules(named: "Europe/Berlin")
        shelf.names.withLock { $0 = [] }
        _ = try zones.rules(named: "Europe/Berlin")
        #expect(told.withLock(\.self) == 2)
    }
}
