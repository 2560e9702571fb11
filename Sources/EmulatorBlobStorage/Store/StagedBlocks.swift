/// The blocks of one blob that wait for a commit, in the order in which their ids first came.
struct StagedBlocks: Sendable {
    private(set) var all: [StoredBlock] = []
    private var positions: [String: Int] = [:]

    subscript(id: String) -> StoredBlock? { self.positions[id].map { self.all[$0] } }

    var pieces: [Int] { self.all.map(\.piece.id) }

    /// Takes a block; returns the piece of the one that it replaces.
    mutating func put(_ block: StoredBlock) -> Int? {
        let id = block.id ?? ""
        guard let position = self.positions[id] else {
            self.positions[id] = self.all.count
            self.all.append(block)
            return nil
        }
        let replaced = self.all[position].piece.id
        self.all[position] = block
        return replaced
    }
}
