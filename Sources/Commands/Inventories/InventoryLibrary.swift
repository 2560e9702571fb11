import BackupDomain
import BackupEngine
import Foundation
import Inventory

/// The inventories of one storage account, found by the records that name them.
struct InventoryLibrary: Sendable {
    /// How many of the newest runs of an instance are looked through: with one each night twice what Azure restores.
    static let mostRuns = 60
    /// How many inventories are read at once.
    private static let width = 8

    let opened: OpenedStorage

    /// Reads an instance's newest records.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The records, newest first.
    /// - Throws: ``BackupDomain/BackupError``
    func records(of instance: InstanceKey) async throws -> [RunRecord] {
        try await self.opened.listing.records(of: instance.instanceName, limit: Self.mostRuns)
            .filter { $0.instanceKey == instance }.sorted { $0.nominalAt > $1.nominalAt }
    }

    /// Reads the inventories that some records name, each content once.
    ///
    /// - Parameter records: The records.
    /// - Returns: Those that have an inventory, with it, in the order of the records; one that is gone is passed over.
    /// - Throws: ``BackupDomain/BackupError``
    func nights(_ records: [RunRecord]) async throws -> [InventoriedNight] {
        let store = self.opened.inventories
        let digests = Set(records.compactMap(\.inventory?.digest)).sorted()
        let read = try await digests.map(width: Self.width) { digest -> (String, Inventory)? in
            do {
                return (digest, try await store.inventory(digest))
            } catch let error as BackupError where error.code == .notFound {
                return nil
            }
        }
        let known = Dictionary(uniqueKeysWithValues: read.compactMap(\.self))
        return records.compactMap { record in
            record.inventory?.digest.flatMap { known[$0] }.map { InventoriedNight(record: record, inventory: $0) }
        }
    }

    /// Finds the inventory that a person named.
    ///
    /// - Parameter reference: A run's id, a backup's name, or an instance (its newest run that has one).
    /// - Returns: The night.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` and others.
    func night(named reference: String) async throws -> InventoriedNight {
        let record = try await self.opened.listing.record(named: reference)
        guard record.inventory?.digest == nil, reference.lowercased() == record.instance.name.lowercased() else {
            return try await self.night(record)
        }
        let newest = try await self.records(of: record.instanceKey).first { $0.inventory?.digest != nil }
        return try await self.night(newest ?? record)
    }

    /// Reads the inventory that a record names.
    ///
    /// - Parameter record: The record.
    /// - Returns: The night.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where it names none; it names the nearest that does.
    func night(_ record: RunRecord) async throws -> InventoriedNight {
        if let digest = record.inventory?.digest {
            return InventoriedNight(record: record, inventory: try await self.opened.inventories.inventory(digest))
        }
        let when = Quantities.minute(record.nominalAt)
        let reason = record.inventory?.error.map { ": \($0.message)" } ?? "."
        let nearest = try await self.records(of: record.instanceKey).filter { $0.inventory?.digest != nil }
            .min { self.distance($0, record) < self.distance($1, record) }
        throw BackupError(
            .notFound,
            "The run of \(record.instance.name) of \(when) has no inventory\(reason)",
            remedy: nearest.map { nearest in
                "The nearest one is of \(Quantities.minute(nearest.nominalAt)): apim-backup show \(nearest.run) --contents"
            }
                ?? "No run of the instance has one; they are taken with each backup unless the settings say 'inventory: off'."
        )
    }

    private func distance(_ first: RunRecord, _ second: RunRecord) -> Double {
        abs(first.nominalAt.timeIntervalSince(second.nominalAt))
    }
}
