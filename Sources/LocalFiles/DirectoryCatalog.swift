package import BackupDomain
import BackupEngine
package import Foundation

/// A catalog in a folder of this machine, laid out as the one in the container.
///
/// For callers without a right on the storage account. Every record is on disk when a call returns, and one writer wins
/// among the processes of this machine: each write holds the folder's lock.
package struct DirectoryCatalog: Catalog {
    private let root: URL
    private let kind: RunKind

    /// Opens a catalog.
    ///
    /// - Parameters:
    ///   - root: The folder; made at the first write.
    ///   - kind: What the runs do whose records are wanted; make backups by default.
    package init(root: URL, kind: RunKind = .backup) {
        self.root = root
        self.kind = kind
    }

    package var folder: String? { self.root.path }

    package func create(_ record: RunRecord) async throws -> ETag {
        let file = self.file(record.run, record.instanceKey)
        let content = try RecordCoding.encode(record)
        let isNew = try self.writing(file) { try DurableFile.create(file, content) }
        guard isNew else {
            throw BackupError(.recordExists, "The run \(record.run) has a record already: \(file.path).")
        }
        return Self.version(of: content)
    }

    package func replace(_ record: RunRecord, version: ETag) async throws -> ETag {
        let file = self.file(record.run, record.instanceKey)
        let content = try RecordCoding.encode(record)
        return try self.writing(file) {
            guard try self.read(file)?.version == version else {
                throw BackupError(.conflict, "The record \(file.path) has changed meanwhile.")
            }
            try DurableFile.replace(file, content)
            return Self.version(of: content)
        }
    }

    package func record(_ run: RunID, of instance: InstanceKey) async throws -> (record: RunRecord, version: ETag)? {
        try self.read(self.file(run, instance))
    }

    package func newestRuns(of instance: InstanceKey, limit: Int) async throws -> [RunID] {
        Array(self.runs(of: instance).prefix(limit))
    }

    package func unfinishedRuns(of instance: InstanceKey, at now: Date) async throws -> [RunID] {
        try self.runs(of: instance).filter { run in
            let file = self.file(run, instance)
            do {
                return try self.read(file).map { $0.record.state != .ended } ?? false
            } catch let error as BackupError where error.code == .recordTooNew {
                return try self.refused(run, at: file).map { !$0.isEnded } ?? false
            } catch is BackupError {
                // Who reads it learns why it cannot be read; it must not hide the others.
                return true
            }
        }
    }

    package func refused(_ run: RunID, of instance: InstanceKey) async throws -> RefusedRecord? {
        try self.refused(run, at: self.file(run, instance))
    }

    private func refused(_ run: RunID, at file: URL) throws -> RefusedRecord? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return RecordCoding.refused(try DurableFile.read(file, cap: RecordCoding.cap), run: run)
    }

    package func instances() async throws -> [InstanceKey] {
        let folder = self.root.appending(path: CatalogPath.runs(self.kind))
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.compactMap { InstanceKey(text: $0) }.sorted()
    }

    package func summarize(_ record: RunRecord, at now: Date) async throws {
        // A folder of records is read as it is.
    }

    /// The ids of an instance's runs, newest first.
    private func runs(of instance: InstanceKey) -> [RunID] {
        let folder = self.root.appending(path: CatalogPath.runs(of: instance, kind: self.kind))
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".json") }.compactMap { RunID(text: CatalogPath.leaf($0)) }.sorted(by: >)
    }

    func file(_ run: RunID, _ instance: InstanceKey) -> URL {
        self.root.appending(path: CatalogPath.record(run, of: instance, kind: self.kind))
    }

    func read(_ file: URL) throws -> (record: RunRecord, version: ETag)? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            let content = try DurableFile.read(file, cap: RecordCoding.cap)
            return (try RecordCoding.decode(content, path: file.path), Self.version(of: content))
        } catch let error as BackupError where error.code == .recordUnreadable {
            throw BackupError(
                error.code,
                error.message,
                remedy: "The next run keeps it under another name beside it, and goes on without it."
            )
        } catch let error as CocoaError {
            throw BackupError(.fileProblem, "\(file.path) cannot be read: \(error.localizedDescription)")
        }
    }

    /// Writes under the folder's lock, and says which file it was about where that fails.
    func writing<Value>(_ file: URL, _ body: () throws -> Value) throws -> Value {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            return try FolderLock.holding(self.root, body)
        } catch let error as CocoaError {
            throw Self.unwritten(file, FileTrouble.words(error, isInFolder: true))
        } catch let error as POSIXError {
            throw Self.unwritten(file, FileTrouble.words(error, isInFolder: true))
        }
    }

    private static func unwritten(_ file: URL, _ reason: String) -> BackupError {
        BackupError(
            .fileProblem,
            "The record \(file.path) cannot be written: \(reason)",
            remedy: "Choose a folder that this user may write to with --records."
        )
    }

    private static func version(of content: Data) -> ETag {
        ETag(StableHash(String(decoding: content, as: UTF8.self)).hex(16))
    }
}
