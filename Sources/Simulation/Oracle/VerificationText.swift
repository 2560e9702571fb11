/// What the oracle reads in a document of what checks have shown of one backup.
struct VerificationText: Sendable {
    /// A level that was passed.
    struct Pass: Sendable, Hashable {
        var at = ""
        var etag = ""
    }

    private(set) var name = ""
    /// The levels passed, by their names.
    private(set) var levels: [String: Pass] = [:]
    /// What is wrong.
    private(set) var finding: String?
    /// The version that is wrong; nil where there is none.
    private(set) var findingETag: String?
    /// A version that nothing of ours describes, and how often it was seen.
    private(set) var sighted: String?
    private(set) var sightings = 0

    /// Reads a document.
    ///
    /// - Parameter document: The document.
    init(_ document: IndentedJSON) {
        var section = ""
        var part = ""
        document.forEachLine(upTo: 6) { line in
            if line.indent == 2 {
                section = line.key
                if section == "name" { self.name = line.value }
            } else if line.indent == 4 {
                part = line.key
                if section == "levels" { self.levels[part] = Pass() }
                if section == "finding", part == "kind" { self.finding = line.value }
                if section == "sighting", part == "etag" { self.sighted = line.value }
                if section == "sighting", part == "count" { self.sightings = Int(line.value) ?? 0 }
            } else if line.indent == 6, section == "levels" {
                if line.key == "at" { self.levels[part]?.at = line.value }
                if line.key == "etag" { self.levels[part]?.etag = line.value }
            } else if line.indent == 6, section == "finding", part == "now", line.key == "etag" {
                self.findingETag = line.value
            }
        }
    }
}
