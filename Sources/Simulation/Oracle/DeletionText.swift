/// What the oracle reads in a document of what `prune` did with one backup.
struct DeletionText: Sendable, Hashable {
    /// A deletion, or the attempt.
    struct Entry: Sendable, Hashable {
        var state = ""
        var etag = ""
    }

    private(set) var name = ""
    /// The entries, oldest first.
    private(set) var entries: [Entry] = []

    /// Reads a document.
    ///
    /// - Parameter document: The document.
    init(_ document: IndentedJSON) {
        var section = ""
        document.forEachLine(upTo: 6) { line in
            if line.indent == 2 {
                section = line.key
                if section == "name" { self.name = line.value }
            } else if section == "entries", line.indent == 4 {
                self.entries.append(Entry())
            } else if section == "entries", line.indent == 6 {
                if line.key == "state" { self.entries[self.entries.count - 1].state = line.value }
                if line.key == "etag" { self.entries[self.entries.count - 1].etag = line.value }
            }
        }
    }

    /// Whether something was written down that accounts for a blob that is gone.
    var isAccount: Bool { self.entries.contains { $0.state != "kept" } }
}
