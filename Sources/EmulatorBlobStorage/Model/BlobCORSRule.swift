/// One rule of the blob service for requests across origins.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/cross-origin-resource-sharing--cors--support-for-the-azure-storage-services>
package struct BlobCORSRule: Hashable, Codable, Sendable {
    /// The methods that a rule may name.
    package static let methods = ["DELETE", "GET", "HEAD", "MERGE", "POST", "OPTIONS", "PUT", "PATCH"]

    /// Origins separated by commas, or an asterisk.
    package var allowedOrigins: String
    /// Methods separated by commas.
    package var allowedMethods: String
    /// Request headers separated by commas.
    package var allowedHeaders: String
    /// Response headers separated by commas.
    package var exposedHeaders: String
    /// How long a browser may remember the answer, in seconds.
    package var maxAgeInSeconds: Int

    /// Creates a rule.
    package init(
        allowedOrigins: String,
        allowedMethods: String,
        allowedHeaders: String = "",
        exposedHeaders: String = "",
        maxAgeInSeconds: Int = 0
    ) {
        self.allowedOrigins = allowedOrigins
        self.allowedMethods = allowedMethods
        self.allowedHeaders = allowedHeaders
        self.exposedHeaders = exposedHeaders
        self.maxAgeInSeconds = maxAgeInSeconds
    }
}
