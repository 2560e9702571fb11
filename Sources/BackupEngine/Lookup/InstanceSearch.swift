import BackupDomain

/// What a search for instances found, and which subscriptions refused to be searched.
struct InstanceSearch: Sendable {
    /// How many subscriptions are searched at once.
    private static let width = 8

    /// A subscription that refused.
    struct Refusal: Sendable {
        /// The subscription's id.
        var subscription: String
        /// What Azure said.
        var error: BackupError
    }

    /// The instances, by resource id.
    private(set) var found: [ResourceID] = []
    /// The subscriptions that refused: they hide nothing that is found in another.
    private(set) var refusals: [Refusal] = []

    /// Searches.
    ///
    /// - Parameters:
    ///   - plane: Azure Resource Manager.
    ///   - name: The instances' name, in any case; nil for all.
    ///   - subscriptions: Where.
    /// - Throws: ``BackupDomain/BackupError`` where a subscription cannot be searched for another reason than a missing right.
    init(_ plane: any ManagementPlane, named name: String?, in subscriptions: [String]) async throws {
        let answers = try await subscriptions.map(width: Self.width) { subscription in
            do {
                let type = "Microsoft.ApiManagement/service"
                return Result<[ResourceID], Denied>.success(
                    try await plane.resources(ofType: type, named: name, in: subscription)
                )
            } catch let error as BackupError where error.code == .permissionDenied {
                return .failure(Denied(refusal: Refusal(subscription: subscription, error: error)))
            }
        }
        var found: Set<ResourceID> = []
        for answer in answers {
            switch answer {
            case .success(let ids): found.formUnion(ids.filter { Self.isMeant($0, by: name) })
            case .failure(let denied): self.refusals.append(denied.refusal)
            }
        }
        self.found = found.sorted { $0.canonical < $1.canonical }
    }

    private struct Denied: Error { var refusal: Refusal }

    private static func isMeant(_ id: ResourceID, by name: String?) -> Bool {
        id.isInstance && (name.map { $0.lowercased() == id.name.lowercased() } ?? true)
    }
}
