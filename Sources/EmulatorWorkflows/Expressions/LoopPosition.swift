/// One loop that a place is in, and which of its iterations.
struct LoopPosition: Sendable, Equatable {
    let loop: String
    /// The iteration, from 0.
    let index: Int
}
