import BackupDomain
import BackupEngine
import Foundation
import Inventory

/// The inventories of one storage account, found by the runs that took them.
struct InventoryLibrary: Sendable {
    /// How many of the newest runs of an instance are looked through: those of its summary.
    static let mostRuns = InstanceSummary.mostRuns
    /// How many inventories are read at once.
    static let width = 8
    /// How runs come to have inventories, for whoever finds none.
    static let origin = "They are taken with each backup unless the settings say 'inventory: off'."

    let opened: OpenedStorage
    /// The present instant.
    let now: Date

    /// Reads which of an instance's newest runs have an inventory: from its summary, so that it takes no more calls after years.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The runs, newest first.
    /// - Throws: ``BackupDomain/BackupError``
    func runs(of instance: InstanceKey) async throws -> [SummarizedRun] {
        let runs = try await self.opened.records.runs(of: instance, at: self.now).summary?.runs ?? []
        return runs.filter { $0.inventory != nil }.sorted { $0.nominalAt > $1.nominalAt }
    }

    /// Reads the inventories of some runs, each content once.
    ///
    /// - Parameter runs: The runs.
    /// - Returns: Those that have an inventory, with it, in the order of the runs; one that is gone is passed over.
    /// - Throws: ``BackupDomain/BackupError``
    func nights(_ runs: [SummarizedRun]) async throws -> [InventoriedNight] {
        let store = self.opened.inventories
        let digests = Set(runs.compactMap(\.inventory?.digest)).sorted()
        let read = try await digests.map(width: Self.width) { digest -> (String, Inventory)? in
            do {
                return (digest, try await store.inventory(digest))
            } catch let error as BackupError where error.code == .notFound {
                return nil
            }
        }
        let known = Dictionary(uniqueKeysWithValues: read.compactMap(\.self))
        return runs.compactMap { run in
            run.inventory.flatMap { known[$0.digest] }.map { InventoriedNight(run: run, inventory: $0) }
        }
    }

    /// Finds the inventory that a person named.
    ///
    /// - Parameter reference: A run's id, a backup's name, or an instance's name or resource id (its newest run that has one).
    /// - Returns: The night, and the instance's resource id.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` and others.
    func night(named reference: String) async throws -> (night: InventoriedNight, instance: ResourceID) {
        let (listing, id) = (self.opened.listing, ResourceID(reference))
        let record =
            if id == nil { try await listing.record(named: reference) } else {
                try await listing.newestRecord(describing: reference)
            }
        let isInstance = id != nil || reference.lowercased() == record.instance.name.lowercased()
        guard record.inventory?.digest == nil, isInstance,
            let newest = try await self.runs(of: record.instanceKey).first
        else { return (try await self.night(record), record.instance.id) }
        return (try await self.night(newest), record.instance.id)
    }

    /// Reads the inventory of a run.
    ///
    /// - Parameter run: The run.
    /// - Returns: The night.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where it has none, or it is gone.
    func night(_ run: SummarizedRun) async throws -> InventoriedNight {
        guard let digest = run.inventory?.digest else {
            throw BackupError(.notFound, "The run \(run.run) of \(run.instance) has no inventory.")
        }
        return InventoriedNight(run: run, inventory: try await self.opened.inventories.inventory(digest))
    }

    /// Reads the inventory that a record names.
    ///
    /// - Parameter record: The record.
    /// - Returns: The night.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where it names none; it names the nearest that does.
    func night(_ record: RunRecord) async throws -> InventoriedNight {
        if record.inventory?.digest != nil { return try await self.night(SummarizedRun(record)) }
        let when = Quantities.minute(record.nominalAt)
        let reason = record.inventory?.error.map { ": \($0.message)" } ?? "."
        let nearest = try await self.runs(of: record.instanceKey)
            .min { self.distance($0, record) < self.distance($1, record) }
        throw BackupError(
            .notFound,
            "The run of \(record.instance.name) of \(when) has no inventory\(reason)",
            remedy: nearest.map { nearest in
                "The nearest one is of \(Quantities.minute(nearest.nominalAt)): apim-backup show \(nearest.run) --contents"
            }
                ?? "No run of the instance has one. \(Self.origin)"
        )
    }

    private func distance(_ first: SummarizedRun, _ second: RunRecord) -> Double {
        abs(first.nominalAt.timeIntervalSince(second.nominalAt))
    }
}
