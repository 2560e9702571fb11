/// What becomes of a time that comes while a run of the same instance is under way.
package enum Overlap: String, Sendable, Codable, CaseIterable {
    /// It is skipped; the default.
    case skip
    /// It waits until that run has ended; one time waits, further ones are skipped.
    case queue
}
