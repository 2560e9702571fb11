/// What must hold for a write to take place.
package enum WriteCondition: Sendable, Hashable {
    /// Nothing.
    case always
    /// The blob is not there.
    case absent
    /// The blob has this version.
    case matches(ETag)
}
