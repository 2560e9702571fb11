/// Where a loop is: its name and the turn, from 0.
struct LoopIndex: Sendable, Equatable {
    let name: String
    let index: Int
    /// Whether the loop makes resources; `copyIndex()` without a name means such a one.
    let isOfResource: Bool
}
