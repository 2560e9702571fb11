import EmulatorRuntime
import Foundation

/// What a provider says of one of its types, so that its resources can be kept.
struct ResourceKind: Sendable {
    /// Where a resource of the type may lie.
    enum Region: Sendable {
        /// In any region, which must be named.
        case any
        /// Everywhere, as `global`, which is put in where none is named.
        case global
        /// It has none: it extends another resource, or belongs to one.
        case none
    }

    /// What a new or changed resource is looked at with.
    struct Context {
        let state: CloudState
        let now: Date
        /// The resource as it was, where it is changed.
        let old: KeptResource?
        /// Makes an identifier.
        let identifier: () -> String
    }

    /// The type below the namespace as Azure writes it, such as `actionGroups`.
    let type: String
    var region = Region.any
    /// Whether it may have managed identities.
    var hasIdentity = false
    /// The properties that must be there, as paths with dots.
    var required: [String] = []
    /// The pattern of names, where the provider has one, and what it says in words.
    var naming: (pattern: @Sendable (String) -> Bool, words: String)?
    /// Checks the resource beyond what every resource is checked for, and adds what the provider adds.
    var complete: @Sendable (inout KeptResource, Context) throws(ManagementError) -> Void = {
        _,
        _ throws(ManagementError) in
    }
}
