/// Whether a call may be made again when nobody knows whether it took effect.
package enum Repeatability: Sendable, Hashable {
    /// Making it twice is as good as making it once.
    case idempotent
    /// It is made again only where it is known not to have been accepted.
    case once
}
