import AzureClient
import BackupDomain
import BackupEngine
import Foundation
import Inventory
import Settings

/// An inventory with the words that say which it is.
struct ResolvedInventory: Sendable {
    /// Such as `contoso-apim 2026-11-21 01:00`.
    var words: String
    var inventory: Inventory

    /// That of a night.
    init(_ night: InventoriedNight) {
        self.words = "\(night.run.instance) \(Quantities.minute(night.at))"
        self.inventory = night.inventory
    }

    /// That of the present.
    init(now instance: Instance, _ inventory: Inventory) {
        self.words = "\(instance.id.name) now"
        self.inventory = inventory
    }
}

extension AzureConnection {
    /// An instance and where its records are.
    private typealias Place = (id: ResourceID, opened: OpenedStorage)

    /// Finds the two inventories that are to be compared.
    ///
    /// - Parameters:
    ///   - references: Which they are.
    ///   - instance: The instance that is meant where they do not say; nil for that of the other one, or the only one of the
    ///     settings.
    /// - Returns: Both, in their order.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` and others.
    func inventories(
        _ references: (before: InventoryReference, after: InventoryReference),
        of instance: String?
    ) async throws -> (before: ResolvedInventory, after: ResolvedInventory) {
        let before = try await self.named(references.before)
        let after = try await self.named(references.after)
        var known = after?.place ?? before?.place
        if let instance { known = try await self.place(instance) }
        let place: Place = if let known { known } else { try await self.onlyPlace() }
        let first = try await self.recorded(references.before, before?.night, at: before?.place ?? place)
        let second = try await self.recorded(references.after, after?.night, at: after?.place ?? place)
        let level = (first ?? second)?.inventory.level ?? .names
        return (
            before: try await self.resolved(first, place, level), after: try await self.resolved(second, place, level)
        )
    }

    private func resolved(
        _ night: InventoriedNight?,
        _ place: Place,
        _ level: InventoryLevel
    ) async throws -> ResolvedInventory {
        if let night { return ResolvedInventory(night) }
        let instance = try await self.plane.instance(place.id).instance
        let gathering = try await self.gatherer.gather(instance.id, tier: instance.tier, level: level)
        return ResolvedInventory(now: instance, gathering.inventory)
    }

    private func named(
        _ reference: InventoryReference
    ) async throws -> (night: InventoriedNight, place: Place)? {
        guard case .named(let name) = reference else { return nil }
        return try await self.whereFound(name) { opened in
            let (night, instance) = try await self.library(opened).night(named: name)
            return (night, (instance, opened))
        }
    }

    /// Reads what a reference to the past means; nil for the present.
    private func recorded(
        _ reference: InventoryReference,
        _ named: InventoriedNight?,
        at place: Place
    ) async throws -> InventoriedNight? {
        let limit: Date
        switch reference {
        case .live: return nil
        case .named: return named
        case .latest: limit = .distantFuture
        case .time(let date): limit = date
        }
        let library = self.library(place.opened)
        let runs = try await library.runs(of: InstanceKey(place.id))
        if let found = runs.first(where: { $0.nominalAt <= limit }) { return try await library.night(found) }
        throw BackupError(
            .notFound,
            runs.isEmpty
                ? "No run of \(place.id.name) has an inventory."
                : "No run of \(place.id.name) before \(limit.iso8601) has an inventory.",
            remedy: runs.last.map { "The oldest one is of \(Quantities.minute($0.nominalAt)), the run \($0.run)." }
                ?? InventoryLibrary.origin
        )
    }

    private func library(_ opened: OpenedStorage) -> InventoryLibrary {
        InventoryLibrary(opened: opened, now: self.clock.now)
    }

    private func place(_ instance: String) async throws -> Place {
        let found = try await self.recordedInstance(instance)
        return (found.id, found.storage)
    }

    /// The only instance of the settings, else the only one that has records.
    private func onlyPlace() async throws -> Place {
        let listed = self.settings.instances
        guard listed.count == 1 else {
            if listed.isEmpty {
                var keys: [InstanceKey] = []
                for opened in try await self.storages() { keys += try await opened.catalog.instances() }
                if let key = keys.first, keys.count == 1 { return try await self.place(key.text) }
            }
            throw BackupError(
                .invalidInput,
                "Nothing says which instance is meant.",
                remedy: "Name it with --instance, or name one of its runs."
            )
        }
        return try await self.place(listed[0].reference)
    }
}
