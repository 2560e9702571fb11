package import BackupDomain

/// Reads what lies in an instance: lists, several at once, never more than a few.
package struct InventoryGatherer: Sendable {
    /// What was gathered, and what it took.
    package struct Gathering: Sendable {
        /// The inventory.
        package var inventory: Inventory
        /// How many pages were read.
        package var calls: Int
    }

    private let plane: any ContentsPlane
    private let width: Int

    /// Creates a gatherer.
    ///
    /// - Parameters:
    ///   - plane: Azure Resource Manager; what it may be asked in a second is its own to keep.
    ///   - width: How many lists are read at once; 8 by default.
    package init(plane: any ContentsPlane, width: Int = 8) {
        self.plane = plane
        self.width = width
    }

    /// Reads what lies in an instance.
    ///
    /// - Parameters:
    ///   - instance: The instance's resource id.
    ///   - tier: Its pricing tier.
    ///   - level: How much is read.
    /// - Returns: The inventory, and what it took.
    /// - Throws: ``BackupDomain/BackupError``: with code `permissionDenied` where the caller may not read at all, and where
    ///   no answer came.
    package func gather(_ instance: ResourceID, tier: Tier, level: InventoryLevel) async throws -> Gathering {
        let plan = GatheringPlan(level)
        let reader = ListReader(plane: self.plane, instance: instance)
        let first = try await reader.read(GatheringPlan.first)
        if let refusal = first.refusal, refusal.status == 403 { throw Self.denial(refusal, of: instance) }
        var items = first.items
        var gaps = [first.gap].compactMap(\.self)
        var calls = first.calls
        var pending = plan.roots + first.items.flatMap(plan.lists)
        while !pending.isEmpty {
            let readings = try await pending.map(width: self.width) { try await reader.read($0) }
            let found = readings.flatMap(\.items)
            items += found
            gaps += readings.compactMap(\.gap)
            calls += readings.reduce(0) { $0 + $1.calls }
            pending = found.flatMap(plan.lists)
        }
        return Gathering(
            inventory: Inventory(level: level, tier: tier, items: items, gaps: gaps),
            calls: calls
        )
    }

    private static func denial(_ answer: ManagementAnswer, of instance: ResourceID) -> BackupError {
        let who = answer.principal.map { "The identity \($0)" } ?? "The identity in use"
        return BackupError(
            .permissionDenied,
            "\(who) may not read what lies in \(instance.name).",
            remedy: "Grant it the role 'API Management Service Reader Role' on the instance, or set 'inventory: off'.",
            azure: answer.fault
        )
    }
}
