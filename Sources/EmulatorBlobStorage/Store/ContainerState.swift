import Foundation

/// A container with everything in it.
struct ContainerState: Sendable {
    var container: StoredContainer
    private(set) var blobs: [BlobName: StoredBlob] = [:]
    /// Blocks that wait for a commit, by blob.
    private(set) var staged: [BlobName: StagedBlocks] = [:]
    /// The versions that are not current, by blob, the oldest first.
    private(set) var versions: [BlobName: [StoredBlob]] = [:]
    /// The deleted blobs that can be brought back.
    private(set) var deleted: [BlobName: StoredBlob] = [:]
    /// The names of all of these, in order.
    private(set) var names: [BlobName] = []

    init(_ container: StoredContainer) { self.container = container }

    /// Commits a blob or changes it; returns the pieces that nothing holds any more.
    mutating func put(_ blob: StoredBlob, keepsStaged: Bool) -> Set<Int> {
        let name = BlobName(blob.name)
        return self.change(name) { state in
            if !keepsStaged { state.staged[name] = nil }
            state.blobs[name] = blob
        }
    }

    mutating func stage(_ block: StoredBlock, for name: BlobName) -> Set<Int> {
        self.insert(name)
        return self.staged[name, default: StagedBlocks()].put(block).map { [$0] } ?? []
    }

    /// Takes away the current version and what is staged for it.
    mutating func delete(_ name: BlobName) -> Set<Int> {
        self.change(name) { state in
            state.blobs[name] = nil
            state.staged[name] = nil
        }
    }

    /// Keeps a version that is not current, in the place of the one with its id.
    mutating func keep(_ blob: StoredBlob) -> Set<Int> {
        let name = BlobName(blob.name)
        return self.change(name) { state in
            var versions = state.versions[name] ?? []
            if let index = versions.firstIndex(where: { $0.versionID == blob.versionID }) {
                versions[index] = blob
            } else {
                versions.append(blob)
            }
            state.versions[name] = versions
        }
    }

    mutating func deleteVersion(_ version: String, of name: BlobName) -> Set<Int> {
        self.change(name) { state in
            state.versions[name]?.removeAll { $0.versionID == version }
            if state.versions[name]?.isEmpty == true { state.versions[name] = nil }
        }
    }

    mutating func hide(_ blob: StoredBlob) -> Set<Int> {
        let name = BlobName(blob.name)
        return self.change(name) { $0.deleted[name] = blob }
    }

    mutating func forget(_ name: BlobName) -> Set<Int> { self.change(name) { $0.deleted[name] = nil } }

    /// A version of a blob; nil is the current one.
    func blob(_ name: BlobName, version: String?) -> StoredBlob? {
        guard let version, self.blobs[name]?.versionID != version else { return self.blobs[name] }
        return self.versions[name]?.first { $0.versionID == version }
    }

    /// The deleted blob of a name that can still be brought back.
    func deletedBlob(_ name: BlobName, at now: Date) -> StoredBlob? {
        self.deleted[name].flatMap { blob in blob.deletion.map { $0.expiresAt > now } == true ? blob : nil }
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

    var pieces: Set<Int> { self.names.reduce(into: []) { $0.formUnion(self.pieces(of: $1)) } }

    private func pieces(of name: BlobName) -> Set<Int> {
        let blobs = [self.blobs[name], self.deleted[name]].compactMap(\.self) + (self.versions[name] ?? [])
        return Set(blobs.flatMap(\.blocks).map(\.piece.id) + (self.staged[name]?.pieces ?? []))
    }

    /// Changes what there is of one name; returns the pieces that nothing holds any more.
    private mutating func change(_ name: BlobName, _ body: (inout Self) -> Void) -> Set<Int> {
        let before = self.pieces(of: name)
        body(&self)
        let isThere =
            self.blobs[name] != nil || self.staged[name] != nil || self.versions[name] != nil
            || self.deleted[name] != nil
        if isThere { self.insert(name) } else { self.remove(name) }
        return before.subtracting(self.pieces(of: name))
    }

    private mutating func insert(_ name: BlobName) {
        let index = self.position(of: name)
        if index == self.names.count || self.names[index] != name { self.names.insert(name, at: index) }
    }

    private mutating func remove(_ name: BlobName) {
        let index = self.position(of: name)
        if index < self.names.count, self.names[index] == name { self.names.remove(at: index) }
    }
}
