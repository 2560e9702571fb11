/// Which of several plausible answers blob storage gives, where Azure's own is not known.
package struct BlobAnswers: Hashable, Codable, Sendable {
    /// What `x-ms-delete-type-permanent` says of a blob that stays as an earlier version.
    package enum DeletionOfVersioned: Hashable, Codable, Sendable {
        /// That it is not gone for good.
        case recoverable
        /// That it is.
        case permanent
        /// Nothing.
        case unsaid
    }

    /// What `x-ms-delete-type-permanent` says of a blob that stays as an earlier version.
    package var deletionOfVersioned = DeletionOfVersioned.recoverable
    /// Whether a protected current version is not even made an earlier one by its deletion.
    package var refusesProtectedVersions = false
    /// Whether a look at a blob shows the policy and the legal hold of its whole container.
    package var showsContainerImmutability = false

    /// Creates the likely answers.
    package init() {}
}
