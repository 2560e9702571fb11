package import BackupDomain

/// Instances that may own backups although no record names them: Azure is asked for them only where the names of blobs
/// leave open whose they are.
package struct InstanceCandidates: Sendable {
    private let list: @Sendable () async throws -> [ResourceID]

    /// Takes them from anywhere.
    ///
    /// - Parameter list: Lists them.
    package init(_ list: @escaping @Sendable () async throws -> [ResourceID]) { self.list = list }

    /// Takes what Azure lists to the caller; a subscription that may not be searched is passed over.
    ///
    /// - Parameters:
    ///   - plane: Azure Resource Manager.
    ///   - subscription: Where to look; nil for all that can be seen.
    package init(plane: any ManagementPlane, in subscription: String?) {
        self.init { try await InstanceDiscovery(plane: plane).ids(in: subscription) }
    }

    /// None: only instances with records are known.
    package static let none = Self { [] }

    /// Lists them where that is needed to tell whose some blobs are.
    ///
    /// A blob that a known instance's name and a date begin is that instance's; any other may be of an instance that has no
    /// record, or whose records were lost.
    ///
    /// - Parameters:
    ///   - blobs: The blobs' names.
    ///   - names: The names of instances that are known, in lower case.
    ///   - isSought: Whether an instance is looked for that is not among them.
    /// - Returns: The candidates, none where they are not needed; and why Azure could not be asked.
    /// - Throws: `CancellationError`
    func needed(
        for blobs: some Sequence<String>,
        knowing names: Set<String>,
        isSought: Bool
    ) async throws -> (ids: [ResourceID], refusal: BackupError?) {
        let isOpen = blobs.contains { blob in BlobAttribution.owner(of: blob, among: names)?.isDated != true }
        guard isOpen || isSought else { return ([], nil) }
        do {
            return (try await self.list(), nil)
        } catch let error as BackupError {
            // Who may read the blobs but not list instances sees what the records tell.
            return ([], error)
        }
    }
}
