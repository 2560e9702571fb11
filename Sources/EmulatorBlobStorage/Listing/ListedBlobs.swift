import Foundation

/// What a listing that includes so much shows of one name: the blob, its earlier versions, the one that was deleted, or
/// blocks without a commit.
///
/// A page's length counts names here; Azure counts each version.
struct ListedBlobs {
    /// One line of the listing; no blob stands for blocks without a commit.
    struct Entry: Sendable {
        var blob: StoredBlob?
        var isCurrent = false
    }

    let container: ContainerState
    let includes: Set<String>
    let now: Date

    /// The lines of a name, the oldest version first.
    func entries(of name: BlobName) -> [Entry] {
        var entries: [Entry] = []
        if self.includes.contains("versions") {
            entries += (self.container.versions[name] ?? []).map { Entry(blob: $0) }
        }
        if self.includes.contains("deleted"), let blob = self.container.deletedBlob(name, at: self.now) {
            entries.append(Entry(blob: blob))
        }
        if let blob = self.container.blobs[name] {
            entries.append(Entry(blob: blob, isCurrent: true))
        } else if self.includes.contains("uncommittedblobs"), self.container.staged[name] != nil {
            entries.append(Entry())
        }
        return entries
    }
}
