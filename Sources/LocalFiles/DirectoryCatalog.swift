package import BackupDomain
import BackupEngine
package import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A catalog in a folder of this machine, laid out as the one in the container.
///
/// For callers without a right on the storage account (`--records DIR`). Every record is on disk when a call returns.
package struct DirectoryCatalog: Catalog {
    private let root: URL

    /// Opens a catalog.
    ///
    /// - Parameter root: The folder; made at the first write.
    package init(root: URL) { self.root = root }

    package func create(_ record: RunRecord) async throws -> ETag {
        let file = self.file(record.run, record.instanceKey)
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw BackupError(.recordExists, "The run \(record.run) has a record already: \(file.path).")
        }
        return try self.write(record, to: file)
    }

    package func replace(_ record: RunRecord, version: ETag) async throws -> ETag {
        let file = self.file(record.run, record.instanceKey)
        guard try self.read(file)?.version == version else {
            throw BackupError(.conflict, "The record \(file.path) has changed meanwhile.")
        }
        return try self.write(record, to: file)
    }

    package func record(_ run: RunID, of instance: InstanceKey) async throws -> (record: RunRecord, version: ETag)? {
        try self.read(self.file(run, instance))
    }

    package func newestRuns(of instance: InstanceKey, limit: Int) async throws -> [RunID] {
        let folder = self.root.appending(path: CatalogPath.runs(of: instance))
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        let runs = names.filter { $0.hasSuffix(".json") }.compactMap { RunID(text: CatalogPath.leaf($0)) }
        return Array(runs.sorted(by: >).prefix(limit))
    }

    package func instances() async throws -> [InstanceKey] {
        let folder = self.root.appending(path: CatalogPath.runs)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.compactMap { InstanceKey(text: $0) }.sorted()
    }

    private func file(_ run: RunID, _ instance: InstanceKey) -> URL {
        self.root.appending(path: CatalogPath.record(run, of: instance))
    }

    private func read(_ file: URL) throws -> (record: RunRecord, version: ETag)? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            let content = try Data(contentsOf: file)
            return (try RecordCoding.decode(content, path: file.path), Self.version(of: content))
        } catch let error as CocoaError {
            throw BackupError(.fileProblem, "\(file.path) cannot be read: \(error.localizedDescription)")
        }
    }

    package func summarize(_ record: RunRecord, at now: Date) async throws {
        // A folder of records is read as it is.
    }

    private func write(_ record: RunRecord, to file: URL) throws -> ETag {
        let content = try RecordCoding.encode(record)
        do {
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let draft = folder.appending(path: ".\(file.lastPathComponent).new")
            try content.write(to: draft)
            // The rename must not become durable before the content is.
            let handle = try FileHandle(forWritingTo: draft)
            try handle.synchronize()
            try handle.close()
            guard unsafe rename(draft.path, file.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch let error as CocoaError {
            throw BackupError(
                .fileProblem,
                "The record \(file.path) cannot be written: \(error.localizedDescription)",
                remedy: "Choose a folder that this user may write to with --records."
            )
        }
        return Self.version(of: content)
    }

    private static func version(of content: Data) -> ETag {
        ETag(StableHash(String(decoding: content, as: UTF8.self)).hex(16))
    }
}
