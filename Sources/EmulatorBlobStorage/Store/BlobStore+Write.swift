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
                let blob = try self.committed(draft, blocks: blocks, at: place, over: state)
                return (blob, try self.changes(putting: blob, at: place, over: state))
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
            let blob = try self.committed(draft, blocks: blocks, at: place, over: state)
            return (blob, try self.changes(putting: blob, at: place, over: state))
        }
    }

    /// What an update of a blob touches.
    enum Update: Sendable {
        /// The metadata: a new revision, and a new version where the account keeps versions.
        case metadata
        /// The content headers: a new revision.
        case headers
        /// Lease, tags or tier, which are no part of a revision.
        case aside
    }

    /// Changes a blob that exists.
    func update<Result: Sendable>(
        _ place: BlobPlace,
        _ update: Update,
        _ body: (inout StoredBlob) throws -> Result
    ) throws -> (result: Result, blob: StoredBlob) {
        try self.change { state in
            let container = try self.existing(state, place)
            guard let previous = container.blobs[place.name] else { throw StorageError.blobNotFound }
            var blob = previous
            let result = try body(&blob)
            var changes: [StoreChange] = []
            if update != .aside {
                let immutability = self.immutability(of: previous, in: container)
                if update == .metadata { try immutability.checkMetadata() } else { try immutability.checkOverwrite() }
                blob.revision = Revision.next(after: state.lastTicks, at: self.now).revision
                blob.lease = blob.lease.afterWrite(at: self.now)
            }
            if update == .metadata, state.accounts[place.account]?.properties.isVersioned == true {
                changes.append(self.keeping(previous, at: place))
                blob.versionID = blob.revision.versionID
                blob.protection = try self.protection(asked: nil, in: container)
            }
            changes.append(.updateBlob(account: place.account, container: place.container, blob))
            return ((result, blob), changes)
        }
    }

    /// Finds the container of a blob, or refuses.
    func existing(_ state: borrowing StoreState, _ place: BlobPlace) throws(StorageError) -> ContainerState {
        guard let container = state.container(place.account, place.container) else { throw .containerNotFound }
        return container
    }

    private func checkCreate(_ state: borrowing StoreState, _ place: BlobPlace, _ guarded: BlobGuard) throws {
        let container = try self.existing(state, place)
        let existing = container.blobs[place.name]
        try guarded.checkCreate(existing, at: self.now)
        if let existing { try self.immutability(of: existing, in: container).checkOverwrite() }
    }

    /// The changes that put a blob in its place, with what becomes of the one that was there.
    private func changes(
        putting blob: StoredBlob,
        at place: BlobPlace,
        over state: borrowing StoreState
    ) throws(StorageError) -> [StoreChange] {
        let container = try self.existing(state, place)
        let put = StoreChange.putBlob(account: place.account, container: place.container, blob)
        var changes = [put]
        if blob.versionID != nil, let previous = container.blobs[place.name] {
            changes = [self.keeping(previous, at: place), put]
        }
        if container.deleted[place.name] != nil {
            // Azure keeps it as a deleted snapshot, which there are none of here.
            changes.append(.forgetBlob(account: place.account, container: place.container, name: place.name))
        }
        return changes
    }

    private func committed(
        _ draft: BlobDraft,
        blocks: [StoredBlock],
        at place: BlobPlace,
        over state: borrowing StoreState
    ) throws(StorageError) -> StoredBlob {
        let now = self.now
        let container = try self.existing(state, place)
        let previous = container.blobs[place.name]
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
        let isVersioned = state.accounts[place.account]?.properties.isVersioned == true
        blob.versionID = isVersioned ? revision.versionID : nil
        blob.protection = try self.protection(asked: draft.protection, in: container)
        return blob
    }
}
