package import EmulatorRuntime
import Foundation
import Synchronization

/// The containers and blobs of all accounts.
///
/// With a directory, whatever a call has changed is on the disk when it returns: content in files of its own, written
/// first, and everything else in a journal. Without one all is kept in memory.
package final class BlobStore: Sendable {
    private struct Guarded {
        var state = StoreState()
        /// Changes in the journal since it was last rewritten.
        var journaled = 0
    }

    let contents: ContentStore
    let clock: any EmulatorClock
    private let journal: Journal?
    private let journalAllowance: Int
    private let guarded = Mutex(Guarded())

    /// Opens the store, and takes up what the directory holds.
    ///
    /// - Parameters:
    ///   - directory: The directory, which is made where it is missing; nil keeps everything in memory.
    ///   - clock: What time it is.
    ///   - journalAllowance: How many changes the journal may hold before it is rewritten, once most are superseded.
    /// - Throws: The file system's error, or a decoding error where the journal is not one of ours.
    package init(directory: String?, clock: any EmulatorClock, journalAllowance: Int = 1000) throws {
        self.journalAllowance = journalAllowance
        self.clock = clock
        self.contents = try ContentStore(directory: directory)
        self.journal = try directory.map { try Journal(directory: $0, name: "blobs") }
        guard let journal else { return }
        let decoder = JSONDecoder()
        var restored = Guarded()
        for entry in try journal.replay() {
            for change in try decoder.decode([StoreChange].self, from: entry) {
                _ = restored.state.apply(change)
                restored.journaled += 1
            }
        }
        try self.contents.recover(keeping: restored.state.pieces)
        let opened = restored
        self.guarded.withLock { $0 = opened }
    }

    var now: Date { self.clock.now }

    /// Looks at the state.
    func read<Result: Sendable>(_ body: (borrowing StoreState) throws -> Result) rethrows -> Result {
        try self.guarded.withLock { try body($0.state) }
    }

    /// Decides on changes by the state, makes them durable, then makes them true; nothing happens where `body` throws.
    func change<Result: Sendable>(_ body: (borrowing StoreState) throws -> (Result, [StoreChange])) throws -> Result {
        let (result, released) = try self.guarded.withLock { guarded -> (Result, Set<Int>) in
            let (result, changes) = try body(guarded.state)
            if let journal = self.journal, !changes.isEmpty {
                try journal.append(JSONEncoder().encode(changes))
                guarded.journaled += changes.count
            }
            let released = changes.reduce(into: Set<Int>()) { $0.formUnion(guarded.state.apply($1)) }
            // A journal that could not be rewritten still holds everything; the next change tries again.
            try? self.compactIfGrown(&guarded)
            return (result, released)
        }
        self.contents.remove(released)
        return result
    }

    private func compactIfGrown(_ guarded: inout Guarded) throws {
        guard let journal = self.journal, guarded.journaled > self.journalAllowance else { return }
        guard guarded.journaled > guarded.state.size * 4 else { return }
        let snapshot = guarded.state.snapshot
        let encoder = JSONEncoder()
        try journal.compact(to: snapshot.map { try encoder.encode([$0]) })
        guarded.journaled = snapshot.count
    }
}
