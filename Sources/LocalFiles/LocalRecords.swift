package import BackupDomain
import BackupEngine
package import Foundation
import Synchronization

/// The records of runs that the catalog container does not take: in a folder of this machine, or, where the folder that is
/// taken by default cannot be written, in memory for as long as the process lasts.
package final class LocalRecords: Catalog {
    private let root: URL?
    private let files: DirectoryCatalog?
    private let isRequired: Bool
    private let memory = MemoryCatalog()
    private let isInMemory = Mutex(false)

    /// Opens the records.
    ///
    /// - Parameters:
    ///   - folder: The folder; made at the first write. nil keeps records in memory.
    ///   - isRequired: Whether a person named it, so that a folder that cannot be written is an error.
    ///   - kind: What the runs do whose records are wanted; make backups by default.
    package init(folder: URL?, isRequired: Bool, kind: RunKind = .backup) {
        self.root = folder
        self.files = folder.map { DirectoryCatalog(root: $0, kind: kind) }
        self.isRequired = isRequired
    }

    /// Opens the records of a storage account's runs.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - folder: The folder that a person named; nil for the standard one.
    ///   - environment: The environment variables.
    package convenience init(of account: String, folder: String?, environment: [String: String]) {
        self.init(
            folder: folder.map { URL(filePath: $0) } ?? Self.standardFolder(of: account, environment: environment),
            isRequired: folder != nil
        )
    }

    /// The records of the other kind of runs, in the same folder.
    ///
    /// - Parameter kind: What the runs do.
    /// - Returns: The records.
    package func records(of kind: RunKind) -> LocalRecords {
        LocalRecords(folder: self.root, isRequired: self.isRequired, kind: kind)
    }

    /// The ledger of incidents, while the catalog does not take it; nil without a folder.
    package var ledger: LocalLedger? { self.root.map(LocalLedger.init(root:)) }

    package var folder: String? { self.isLasting ? self.root?.path : nil }

    /// Whether what was created lasts longer than the process.
    private var isLasting: Bool { self.files != nil && !self.isInMemory.withLock(\.self) }

    /// The folder of a storage account's records where nobody names one, by the XDG base directory specification.
    ///
    /// Source: <https://specifications.freedesktop.org/basedir-spec/latest/>
    ///
    /// - Parameters:
    ///   - account: The storage account's name.
    ///   - environment: The environment variables.
    /// - Returns: `$XDG_STATE_HOME/apim-backup/records/ACCOUNT`, or the same below `~/.local/state`; nil without a home.
    package static func standardFolder(of account: String, environment: [String: String]) -> URL? {
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
        // A relative path is to be ignored, says the specification.
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
        return (state ?? home?.appending(path: ".local/state"))?.appending(path: "apim-backup/records/\(account)")
    }

    package func create(_ record: RunRecord) async throws -> ETag {
        guard let files = self.files, self.isLasting else { return try await self.memory.create(record) }
        do {
            if !self.isRequired { self.makeFolder() }
            return try await files.create(record)
        } catch let error as BackupError where error.code == .fileProblem && !self.isRequired {
            self.isInMemory.withLock { $0 = true }
            return try await self.memory.create(record)
        }
    }

    package func replace(_ record: RunRecord, version: ETag) async throws -> ETag {
        try await self.present.replace(record, version: version)
    }

    package func record(_ run: RunID, of instance: InstanceKey) async throws -> (record: RunRecord, version: ETag)? {
        try await self.present.record(run, of: instance)
    }

    package func refused(_ run: RunID, of instance: InstanceKey) async throws -> RefusedRecord? {
        try await self.present.refused(run, of: instance)
    }

    package func setAside(_ run: RunID, of instance: InstanceKey) async throws -> String? {
        try await self.present.setAside(run, of: instance)
    }

    package func newestRuns(of instance: InstanceKey, limit: Int) async throws -> [RunID] {
        try await self.present.newestRuns(of: instance, limit: limit)
    }

    package func unfinishedRuns(of instance: InstanceKey, at now: Date) async throws -> [RunID] {
        try await self.present.unfinishedRuns(of: instance, at: now)
    }

    package func summarize(_ record: RunRecord, at now: Date) async throws {
        try await self.present.summarize(record, at: now)
    }

    package func instances() async throws -> [InstanceKey] { try await self.present.instances() }

    /// Makes the standard folder, which is nobody else's business; one that cannot be made cannot be written either.
    ///
    /// Source: <https://specifications.freedesktop.org/basedir-spec/latest/>
    private func makeFolder() {
        guard let root = self.root else { return }
        try? FileManager.default.createDirectory(
            at: root,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    private var present: any Catalog {
        if self.isLasting, let files = self.files { return files }
        return self.memory
    }
}
