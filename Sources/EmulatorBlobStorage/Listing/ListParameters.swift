import Foundation

/// What a listing asks for, read from its query.
struct ListParameters: Sendable {
    static let maximumPage = 5000

    var prefix: String
    var delimiter: String
    /// The name to go on with, as ``Marker`` carries it.
    var start: BlobName?
    var marker: String
    /// The page's length as it was asked for, for the answer.
    var requestedPage: Int?
    var includes: Set<String>

    var page: Int { min(self.requestedPage ?? Self.maximumPage, Self.maximumPage) }

    init(_ request: BlobRequest, allowing allowed: Set<String>) throws(StorageError) {
        self.prefix = request.query["prefix"] ?? ""
        self.delimiter = request.query["delimiter"] ?? ""
        self.marker = request.query["marker"] ?? ""
        self.start = self.marker.isEmpty ? nil : try Marker.read(self.marker)
        if let text = request.query["maxresults"], !text.isEmpty {
            guard let page = Int(text) else { throw .invalidQuery("maxresults", text) }
            guard page >= 1 else { throw .outOfRangeQuery("maxresults", text, in: 1...Self.maximumPage) }
            self.requestedPage = page
        }
        let words = (request.query["include"] ?? "").lowercased().split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        for word in words where !allowed.contains(word) { throw .invalidQuery("include", word) }
        self.includes = Set(words)
    }
}
