import Foundation

extension BlobStore {
    /// Reads a part of a blob that `choose` picks once the blob is found; nil where there is no such blob.
    ///
    /// Content is read outside the lock, so an overwrite may take it away meanwhile: then the new blob is read instead.
    func contentOf(
        _ place: BlobPlace,
        choose: (StoredBlob) throws -> Range<Int>
    ) throws -> (blob: StoredBlob, data: Data)? {
        var attempt = 0
        while true {
            guard let blob = self.read({ $0.container(place.account, place.container)?.blobs[place.name] })
            else { return nil }
            let range = try choose(blob)
            do {
                return (blob, try self.contents.read(blob.blocks.map(\.piece), range))
            } catch {
                let current = self.read { $0.container(place.account, place.container)?.blobs[place.name] }
                attempt += 1
                // The same blocks still stand, so nobody took the content away: the disk is at fault.
                if current?.blocks == blob.blocks || attempt > 100 { throw error }
            }
        }
    }
}
