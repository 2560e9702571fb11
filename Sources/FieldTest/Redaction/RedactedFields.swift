import AzureClient
import HTTPTypes

/// Header fields: those that tell how Azure behaves, with marks in place of ids.
struct RedactedFields: Sendable {
    let pseudonyms: Pseudonyms

    /// Fields that tell of nobody.
    private static let plain: Set<String> = [
        "content-type", "content-length", "date", "last-modified", "retry-after", "if-none-match", "server", "metadata",
        "x-ms-version", "x-ms-blob-type", "x-ms-error-code", "x-ms-creation-time", "x-ms-lease-action",
        "x-ms-lease-duration", "x-ms-lease-status", "x-ms-lease-state", "x-ms-delete-type-permanent",
        "x-ms-immutability-policy-until-date", "x-ms-immutability-policy-mode", "x-ms-legal-hold",
        "x-ms-blob-public-access", "x-ms-access-tier",
    ]
    /// Fields that hold ids, which are told apart by their marks.
    private static let ids = [
        "etag": "etag", "if-match": "etag", "x-ms-lease-id": "lease", "x-ms-proposed-lease-id": "lease",
        "x-ms-request-id": "request", "x-ms-correlation-request-id": "request", "x-ms-client-request-id": "run",
        "x-ms-version-id": "version", "operation-id": "operation",
    ]
    /// Fields of which it is told that they are there.
    private static let secrets: Set<String> = [
        "authorization", "x-identity-header", "secret", "content-md5", "www-authenticate",
    ]

    /// Redacts fields; those that are not known are left out.
    ///
    /// - Parameter fields: The fields.
    /// - Returns: The fields by their names in lower case.
    func redact(_ fields: HTTPFields) -> [String: String] {
        var result: [String: String] = [:]
        let addresses = RedactedAddress(pseudonyms: self.pseudonyms)
        for field in fields {
            let name = field.name.canonicalName
            if Self.plain.contains(name) || name.hasPrefix("x-ms-ratelimit-remaining-") {
                result[name] = String(field.value.prefix(200))
            } else if let kind = Self.ids[name] {
                result[name] = field.value == "*" ? "*" : self.pseudonyms.mark(field.value, kind)
            } else if ["location", "azure-asyncoperation"].contains(name) {
                result[name] = addresses.location(field.value)
            } else if Self.secrets.contains(name) {
                result[name] = name == "authorization" ? "Bearer <token>" : "<\(name)>"
            }
        }
        return result
    }
}
