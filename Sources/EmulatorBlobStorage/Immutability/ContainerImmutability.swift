/// What a container forbids to do with its blobs.
///
/// Sources: <https://learn.microsoft.com/azure/storage/blobs/immutable-container-level-worm-policies>,
/// <https://learn.microsoft.com/azure/storage/blobs/immutable-version-level-worm-policies>
package struct ContainerImmutability: Hashable, Codable, Sendable {
    /// For how many days from its creation the container's own policy protects each blob; nil where it has none.
    package var days: Int?
    /// Whether a legal hold is on the whole container.
    package var hasLegalHold: Bool
    /// Whether versions can be protected one by one; takes an account that keeps versions.
    package var protectsVersions: Bool
    /// For how many days each new version is protected where its writer says nothing; nil for not at all.
    package var versionDays: Int?

    /// Creates a description; the default forbids nothing.
    package init(
        days: Int? = nil,
        hasLegalHold: Bool = false,
        protectsVersions: Bool = false,
        versionDays: Int? = nil
    ) {
        self.days = days
        self.hasLegalHold = hasLegalHold
        self.protectsVersions = protectsVersions
        self.versionDays = versionDays
    }

    /// Whether it forbids anything.
    package var isEffective: Bool { self.days != nil || self.hasLegalHold || self.protectsVersions }
}
