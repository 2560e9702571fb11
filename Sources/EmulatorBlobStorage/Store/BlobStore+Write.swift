import Foundation

extension BlobStore {
    /// Writes a whole blob.
    func put(_ draft: BlobDraft, content: Data, at place: BlobPlace, for guarded: BlobGuard) throws -> StoredBlob {
        // A refusal that is certain already spares writing the content.
        try self.read { try self.checkCreate($0, place, guarded) }
        let piece = content.isEmpty ? nil : try self.contents.write(content)
        do {
            return try self.change { state in
                try self.checkCreate(state, place, guarded)
                let blocks = piece.map { [StoredBlock(id: nil, piece: $0)] } ?? []
                let blob = self.committed(draft, blocks: blocks, at: place, over: state)
                return (blob, [.putBlob(account: place.account, container: place.container, blob)])
            }
        } catch {
            if let piece { self.contents.remove([piece.id]) }
            throw error
        }
    }

    /// Stages a block.
    func stage(_ content: Data, id: String, at place: BlobPlace, leaseID: String?, mayOnlyCreate: Bool) throws {
        let piece = try self.contents.write(content)
        do {
            try self.change { state in
                let container = try self.existing(state, place)
                let blob = container.blobs[place.name]
                if mayOnlyCreate, blob != nil { throw StorageError.permissionMismatch }
                try (blob?.lease ?? .available).checkWrite(id: leaseID, on: .blob, at: self.now)
                let staged = container.staged[place.name]
                if let staged, staged[id] == nil, staged.all.count >= 100_000 { throw StorageError.blockCountExceeded }
                // Ids of one blob must be of one length.
                if let first = staged?.all.first?.id, first.utf8.count != id.utf8.count {
                    throw StorageError.invalidBlock
                }
                let block = StoredBlock(id: id, piece: piece)
                return (
                    (), [.stageBlock(account: place.account, container: place.container, name: place.name, block)]
                )
            }
        } catch {
            self.contents.remove([piece.id])
            throw error
        }
    }

    /// Makes a blob of blocks that are committed or staged.
    func commit(
        _ list: [BlockReference],
        _ draft: BlobDraft,
        at place: BlobPlace,
        for guarded: BlobGuard
    ) throws
        -> StoredBlob
    {
        try self.change { state in
            try self.checkCreate(state, place, guarded)
            let container = try self.existing(state, place)
            let staged = container.staged[place.name]
            let committed = Dictionary(
                (container.blobs[place.name]?.blocks ?? []).compactMap { block in block.id.map { ($0, block) } },
                uniquingKeysWith: { first, _ in first }
            )
            let blocks = try list.map { reference in
                let block: StoredBlock? =
                    switch reference.origin {
                    case .committed: committed[reference.id]
                    case .uncommitted: staged?[reference.id]
                    case .latest: staged?[reference.id] ?? committed[reference.id]
                    }
                guard let block else { throw StorageError.invalidBlockList }
                return block
            }
            let blob = self.committed(draft, blocks: blocks, at: place, over: state)
            return (blob, [.putBlob(account: place.account, container: place.container, blob)])
        }
    }

    /// Changes a blob that exists; `renews` says whether that makes a new revision.
    func update<Result: Sendable>(
        _ place: BlobPlace,
        renews: Bool,
        _ body: (inout StoredBlob) throws -> Result
    ) throws -> (result: Result, blob: StoredBlob) {
        try self.change { state in
            guard var blob = try self.existing(state, place).blobs[place.name] else { throw StorageError.blobNotFound }
            let result = try body(&blob)
            if renews {
                blob.revision = Revision.next(after: state.lastTicks, at: self.now).revision
                blob.lease = blob.lease.afterWrite(at: self.now)
            }
            return ((result, blob), [.updateBlob(account: place.account, container: place.container, blob)])
        }
    }

    /// Finds the container of a blob, or refuses.
    func existing(_ state: borrowing StoreState, _ place: BlobPlace) throws(StorageError) -> ContainerState {
        guard let container = state.container(place.account, place.container) else { throw .containerNotFound }
        return container
    }

    private func checkCreate(_ state: borrowing StoreState, _ place: BlobPlace, _ guarded: BlobGuard) throws {
        let existing = try self.existing(state, place).blobs[place.name]
        try guarded.checkCreate(existing, at: self.now)
    }

    private func committed(
        _ draft: BlobDraft,
        blocks: [StoredBlock],
        at place: BlobPlace,
        over state: borrowing StoreState
    ) -> StoredBlob {
        let now = self.now
        let previous = state.container(place.account, place.container)?.blobs[place.name]
        let revision = Revision.next(after: state.lastTicks, at: now).revision
        var blob = StoredBlob(
            name: place.name.text,
            revision: revision,
            createdAt: previous?.createdAt ?? revision.lastModified,
            blocks: blocks
        )
        blob.headers = draft.headers
        blob.metadata = draft.metadata
        blob.tags = draft.tags
        blob.tier = draft.tier
        blob.tierChangedAt = draft.tier == nil ? nil : revision.lastModified
        blob.copy = draft.copy
        blob.lease = previous?.lease.afterWrite(at: now) ?? .available
        return blob
    }
}
