/// A container with everything in it.
struct ContainerState: Sendable {
    var container: StoredContainer
    private(set) var blobs: [BlobName: StoredBlob] = [:]
    /// Blocks that wait for a commit, by blob.
    private(set) var staged: [BlobName: StagedBlocks] = [:]
    /// The names of blobs, committed or only staged, in order.
    private(set) var names: [BlobName] = []

    init(_ container: StoredContainer) { self.container = container }

    /// Commits a blob or changes it; returns the pieces that nothing holds any more.
    mutating func put(_ blob: StoredBlob, keepsStaged: Bool) -> Set<Int> {
        let name = BlobName(blob.name)
        var released = Set(self.blobs[name]?.blocks.map(\.piece.id) ?? [])
        if !keepsStaged { released.formUnion(self.staged.removeValue(forKey: name)?.pieces ?? []) }
        self.blobs[name] = blob
        self.insert(name)
        return released.subtracting(blob.blocks.map(\.piece.id))
    }

    mutating func stage(_ block: StoredBlock, for name: BlobName) -> Set<Int> {
        self.insert(name)
        return self.staged[name, default: StagedBlocks()].put(block).map { [$0] } ?? []
    }

    mutating func delete(_ name: BlobName) -> Set<Int> {
        let committed = self.blobs.removeValue(forKey: name)?.blocks.map(\.piece.id) ?? []
        let staged = self.staged.removeValue(forKey: name)?.pieces ?? []
        let index = self.position(of: name)
        if index < self.names.count, self.names[index] == name { self.names.remove(at: index) }
        return Set(committed + staged)
    }

    /// Where a name stands in the order, or would stand.
    func position(of name: BlobName) -> Int {
        var low = 0
        var high = self.names.count
        while low < high {
            let middle = (low + high) / 2
            if self.names[middle] < name { low = middle + 1 } else { high = middle }
        }
        return low
    }

    var pieces: Set<Int> {
        Set(self.blobs.values.flatMap(\.blocks).map(\.piece.id) + self.staged.values.flatMap(\.pieces))
    }

    private mutating func insert(_ name: BlobName) {
        let index = self.position(of: name)
        if index == self.names.count || self.names[index] != name { self.names.insert(name, at: index) }
    }
}
