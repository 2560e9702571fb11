/// One line of a block list: a block's id, and where to look for it.
struct BlockReference: Hashable, Sendable {
    /// Where a block is looked for.
    enum Origin: String, Sendable {
        case committed = "Committed"
        case uncommitted = "Uncommitted"
        /// Among the staged blocks first.
        case latest = "Latest"
    }

    var origin: Origin
    var id: String
}
