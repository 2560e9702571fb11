/// What becomes of times that passed while no scheduler was at work.
package enum CatchUp: String, Sendable, Codable, CaseIterable {
    /// The newest of them is made up for; the default.
    case latest
    /// All of them are made up for, one after the other, the oldest first.
    case all
    /// None of them is.
    case none
}
