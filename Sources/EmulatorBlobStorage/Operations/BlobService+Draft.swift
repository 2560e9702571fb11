import Foundation

extension BlobService {
    /// Reads what a write says about its blob: content headers, metadata, tags, tier.
    func draft(_ request: BlobRequest, fallsBackToContentHeaders: Bool) throws(StorageError) -> BlobDraft {
        try Self.refuseWhatIsNotEmulated(request)
        var draft = BlobDraft()
        draft.headers = Self.contentHeaders(request)
        if fallsBackToContentHeaders {
            if request.header("x-ms-blob-content-type") == nil, let type = request.header("content-type") {
                draft.headers.type = type
            }
            draft.headers.encoding = draft.headers.encoding ?? request.header("content-encoding")
            draft.headers.language = draft.headers.language ?? request.header("content-language")
            draft.headers.cacheControl = draft.headers.cacheControl ?? request.header("cache-control")
        }
        draft.metadata = try request.metadata() ?? [:]
        draft.tags = try request.header("x-ms-tags").map(TagDocument.parse) ?? [:]
        draft.tier = try Self.tier(request)
        draft.protection = try Self.protection(request)
        return draft
    }

    /// The content headers that the `x-ms-blob-` headers set; what is not named is cleared.
    static func contentHeaders(_ request: BlobRequest) -> BlobContentHeaders {
        var headers = BlobContentHeaders()
        if let type = request.header("x-ms-blob-content-type") { headers.type = type }
        headers.encoding = request.header("x-ms-blob-content-encoding")
        headers.language = request.header("x-ms-blob-content-language")
        headers.disposition = request.header("x-ms-blob-content-disposition")
        headers.cacheControl = request.header("x-ms-blob-cache-control")
        headers.md5 = request.header("x-ms-blob-content-md5")
        return headers
    }

    private static func tier(_ request: BlobRequest) throws(StorageError) -> String? {
        let tier = try Self.namedTier(request)
        // What is archived while it is written would have to be refused wherever content is put together.
        if tier == "Archive" { throw .notEmulated("Writing into the Archive tier") }
        return tier
    }

    static func namedTier(_ request: BlobRequest) throws(StorageError) -> String? {
        try request.oneOf("x-ms-access-tier", ["Hot", "Cool", "Cold", "Archive"])
    }

    private static func refuseWhatIsNotEmulated(_ request: BlobRequest) throws(StorageError) {
        let features = [
            "x-ms-encryption-key": "Customer-provided key", "x-ms-encryption-scope": "Encryption scope",
            "x-ms-structured-body": "Structured body",
        ]
        for (header, feature) in features where request.header(header) != nil { throw .notEmulated(feature) }
    }
}
