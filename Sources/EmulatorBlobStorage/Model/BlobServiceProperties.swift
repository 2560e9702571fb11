/// The settings of an account's blob service.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/set-blob-service-properties>
struct BlobServiceProperties: Hashable, Codable, Sendable {
    /// What is logged or counted, and how long that is kept; nothing of it happens here.
    struct Metrics: Hashable, Codable, Sendable {
        var version = "1.0"
        var isEnabled = false
        var includesAPIs: Bool?
        var retentionDays: Int?
    }

    struct Logging: Hashable, Codable, Sendable {
        var version = "1.0"
        var deletes = false
        var reads = false
        var writes = false
        var retentionDays: Int?
    }

    var logging = Logging()
    var hourMetrics = Metrics()
    var minuteMetrics = Metrics()
    var cors: [BlobCORSRule] = []
    var defaultVersion: String?
    /// Days for which deleted blobs are kept; nil where soft delete is off.
    var deleteRetentionDays: Int?
    /// Whether earlier versions of blobs are kept; the Resource Manager's to set, nil is no.
    var isVersioned: Bool?
}
