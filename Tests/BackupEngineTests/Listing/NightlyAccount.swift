import BackupDomain
import BackupEngine
import Foundation
import TestSupport

/// A storage account with many instances, each with a verified backup every night for years: its catalog is made up when it
/// is asked for, in pages as large as Azure's, and nothing can be written.
struct NightlyAccount: BlobStorage {
    /// How many instances there are.
    let instances: Int
    /// How many nights each has had.
    let nights: Int
    /// The morning after the last one.
    let now: Date
    /// The summary of the instance that all are made after.
    private let summary: String
    private static let model = "apim-model"
    private static let pageSize = 5000

    init(instances: Int, nights: Int, now: Date = RunFixture.night + 6 * 3600) throws {
        self.instances = instances
        self.nights = nights
        self.now = now
        let newest = (0..<min(nights, InstanceSummary.mostRuns)).map { Self.record(night: $0, before: now) }
        let summary = newest.dropFirst().reduce(into: InstanceSummary(newest[0])) { $0.note($1) }
        self.summary = String(decoding: try RecordCoding.encode(summary), as: UTF8.self)
    }

    private static func record(night: Int, before now: Date) -> RunRecord {
        .sample(of: Self.model, at: now - 6 * 3600 - Double(night) * 86_400)
    }

    /// The key of an instance.
    static func key(_ number: Int) -> InstanceKey { InstanceKey(.sample(named: Self.name(number))) }

    private static func name(_ number: Int) -> String { "apim-\(String(100_000 + number).dropFirst())" }

    func list(_ container: String, prefix: String, delimiter: String?, marker: String?) async throws -> BlobPage {
        let parts = prefix.split(separator: "/")
        switch (parts.count, prefix) {
        case (2, "v1/runs/"):
            let first = marker.flatMap { Int($0) } ?? 0
            let last = min(first + Self.pageSize, self.instances)
            return BlobPage(
                blobs: [],
                prefixes: (first..<last).map { "v1/runs/\(Self.key($0))/" },
                nextMarker: last < self.instances ? "\(last)" : nil
            )
        case (5, _) where prefix.hasPrefix("v1/runs/"):
            // A month's runs: those of the model, whose ids carry the time as any instance's do.
            let month = "\(parts[3])\(parts[4])"
            let runs = (0..<self.nights).lazy.map { self.now - 6 * 3600 - Double($0) * 86_400 }
                .prefix { $0.compact.prefix(6) >= month }.filter { $0.compact.hasPrefix(month) }
                .map { RunID(instance: .sample(named: Self.model), nominalAt: $0) }
            return BlobPage(blobs: runs.map { self.blob("\(prefix)\($0).json") }, prefixes: [], nextMarker: nil)
        default:
            return BlobPage(blobs: [], prefixes: [], nextMarker: nil)
        }
    }

    func read(_ name: String, in container: String, cap: Int) async throws -> (content: Data, etag: ETag)? {
        guard name.hasPrefix("v1/latest/"), let key = InstanceKey(text: CatalogPath.leaf(name)) else { return nil }
        return (Data(self.summary.replacing(Self.model, with: key.instanceName).utf8), ETag("\"0x1\""))
    }

    private func blob(_ name: String) -> BlobProperties {
        BlobProperties(
            name: name,
            bytes: 4000,
            etag: ETag("\"0x1\""),
            createdAt: self.now,
            modifiedAt: self.now,
            contentMD5: nil
        )
    }

    func containerExists(_ container: String) async throws -> Bool { true }
    func createContainer(_ container: String) async throws {}

    /// The newest backup of an instance, as its record has it; none else is there.
    func properties(of name: String, in container: String) async throws -> BlobObservation {
        guard var blob = Self.newest(before: self.now), name.hasSuffix(blob.name.dropFirst(Self.model.count)) else {
            return .absent(date: self.now)
        }
        blob.name = name
        return .present(blob)
    }

    private static func newest(before now: Date) -> BlobProperties? {
        guard let backup = Self.record(night: 0, before: now).backup, let bytes = backup.bytes, let etag = backup.etag
        else { return nil }
        return BlobProperties(
            name: backup.name,
            bytes: bytes,
            etag: etag,
            createdAt: backup.createdAt,
            modifiedAt: backup.modifiedAt,
            contentMD5: nil
        )
    }

    func deletedBlobRetention() async throws -> DeletedBlobRetention { .nothing }

    func write(
        _ content: Data,
        to name: String,
        in container: String,
        condition: WriteCondition,
        contentType: String
    ) async throws -> ETag { throw Self.readOnly }

    func delete(_ name: String, in container: String, condition: WriteCondition) async throws -> BlobDeletion {
        throw Self.readOnly
    }

    func acquireLease(of name: String, in container: String, seconds: Int) async throws -> LeaseID {
        throw Self.readOnly
    }

    func renewLease(_ lease: LeaseID, of name: String, in container: String) async throws { throw Self.readOnly }
    func releaseLease(_ lease: LeaseID, of name: String, in container: String) async throws { throw Self.readOnly }
    func breakLease(of name: String, in container: String) async throws { throw Self.readOnly }

    private static let readOnly = BackupError(.permissionDenied, "This account cannot be written.")
}
