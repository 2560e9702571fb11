package import BackupDomain
import Synchronization

/// Zones that stay known once they were read: a package that is removed or replaced under a daemon ends no schedule.
///
/// They are read anew each time, so that new rules count at once; those that were read before serve where that fails.
package final class RememberedZones: TimeZoneDatabase {
    private struct State {
        var known: [String: TimeZoneRules] = [:]
        var lost: Set<String> = []
    }

    private let zones: any TimeZoneDatabase
    private let lose: @Sendable () -> Void
    private let state = Mutex(State())

    /// Creates a database that remembers nothing yet.
    ///
    /// - Parameters:
    ///   - zones: Where zones are read.
    ///   - lose: Told when a zone can be read no longer, once until it can again.
    package init(_ zones: any TimeZoneDatabase, lose: @escaping @Sendable () -> Void) {
        self.zones = zones
        self.lose = lose
    }

    package func rules(named name: String) throws(BackupError) -> TimeZoneRules {
        do throws(BackupError) {
            let rules = try self.zones.rules(named: name)
            self.state.withLock { state in
                state.known[name] = rules
                state.lost.remove(name)
            }
            return rules
        } catch {
            let (known, isNews) = self.state.withLock { state in
                let known = state.known[name]
                return (known, known != nil && state.lost.insert(name).inserted)
            }
            if isNews { self.lose() }
            guard let known else { throw error }
            return known
        }
    }
}
