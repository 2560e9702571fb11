package import BackupDomain
package import FoundationEssentials
import Synchronization

/// A catalog that lasts as long as the process: for callers without any right on the storage account, and for tests.
package final class MemoryCatalog: Catalog {
    private struct Entry {
        var record: RunRecord
        var version: Int
    }

    private let entries = Mutex<[RunID: Entry]>([:])

    /// Creates an empty catalog.
    package init() {}

    package func create(_ record: RunRecord) async throws -> ETag {
        try self.entries.withLock { entries in
            guard entries[record.run] == nil else {
                throw BackupError(.recordExists, "The run \(record.run) has a record already.")
            }
            entries[record.run] = Entry(record: record, version: 1)
            return ETag("1")
        }
    }

    package func replace(_ record: RunRecord, version: ETag) async throws -> ETag {
        try self.entries.withLock { entries in
            guard let entry = entries[record.run], "\(entry.version)" == version.text else {
                throw BackupError(.conflict, "The record of the run \(record.run) has changed meanwhile.")
            }
            entries[record.run] = Entry(record: record, version: entry.version + 1)
            return ETag("\(entry.version + 1)")
        }
    }

    package func record(_ run: RunID, of instance: InstanceKey) async throws -> (record: RunRecord, version: ETag)? {
        self.entries.withLock { entries in
            entries[run].flatMap { entry in
                entry.record.instanceKey == instance ? (entry.record, ETag("\(entry.version)")) : nil
            }
        }
    }

    package func newestRuns(of instance: InstanceKey, limit: Int) async throws -> [RunID] {
        self.entries.withLock { entries in
            let runs = entries.values.map(\.record).filter { $0.instanceKey == instance }.map(\.run)
            return Array(runs.sorted(by: >).prefix(limit))
        }
    }

    package func unfinishedRuns(of instance: InstanceKey, at now: Date) async throws -> [RunID] {
        self.entries.withLock { entries in
            entries.values.map(\.record).filter { $0.instanceKey == instance && $0.state != .ended }.map(\.run)
                .sorted(by: >)
        }
    }

    package func summarize(_ record: RunRecord, at now: Date) async throws {
        // Nobody reads summaries of what lasts as long as the process.
    }

    package func instances() async throws -> [InstanceKey] {
        self.entries.withLock { entries in Set(entries.values.map(\.record.instanceKey)).sorted() }
    }
}
