import Foundation

extension BlobStore {
    /// Reads a part of a blob that `choose` picks once the blob is found; nil where there is no such blob.
    ///
    /// Content is read outside the lock, so an overwrite may take it away meanwhile: then the new blob is read instead.
    func contentOf(
        _ place: BlobPlace,
        version: String? = nil,
        choose: (StoredBlob) throws -> Range<Int>
    ) throws -> (blob: StoredBlob, data: Data)? {
        var attempt = 0
        while true {
            let found = self.read { state in
                state.container(place.account, place.container)?.blob(place.name, version: version)
            }
            guard let blob = found else { return nil }
            let range = try choose(blob)
            do {
                return (blob, try self.contents.read(blob.blocks.map(\.piece), range))
            } catch {
                let current = self.read { state in
                    state.container(place.account, place.container)?.blob(place.name, version: version)
                }
                attempt += 1
                // The same blocks still stand, so nobody took the content away: the disk is at fault.
                if current?.blocks == blob.blocks || attempt > 100 { throw error }
            }
        }
    }
}
