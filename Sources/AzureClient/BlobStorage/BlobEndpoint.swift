package import BackupDomain
package import FoundationEssentials

/// Finds out where a storage account's blobs are.
package enum BlobEndpoint {
    /// The endpoint of an account that could not be read from Resource Manager.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - cloud: The cloud that it is in.
    /// - Returns: `https://ACCOUNT.blob.SUFFIX`
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where the name cannot be an account's.
    package static func standard(account: String, cloud: Cloud) throws(BackupError) -> URL {
        guard StorageAccount.isValidName(account) else {
            throw BackupError(
                .invalidInput,
                "'\(account)' cannot be the name of a storage account: 3 to 24 lower-case letters and digits."
            )
        }
        return try Self.endpoint("https://\(account).blob.\(cloud.storageSuffix)")
    }

    /// The endpoint that an operator gave.
    ///
    /// A host that is an IP address or localhost serves many accounts by path: the last segment of the path is replaced
    /// by the account's name, or the name is added where there is no path.
    ///
    /// - Parameters:
    ///   - text: The URL.
    ///   - account: The account's name.
    /// - Returns: The endpoint without a trailing slash.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where it is no URL to which tokens may go.
    package static func override(_ text: String, account: String) throws(BackupError) -> URL {
        let given = try Self.endpoint(text)
        guard let origin = Origin(given), origin.isLoopback || IPAddress(origin.host) != nil else { return given }
        let parts = given.path().split(separator: "/").dropLast().map(String.init) + [account.percentEncoded()]
        return try origin.url("/\(parts.joined(separator: "/"))")
    }

    /// Reads an endpoint.
    ///
    /// - Parameter text: The URL.
    /// - Returns: The endpoint without a trailing slash.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`.
    package static func endpoint(_ text: String) throws(BackupError) -> URL {
        guard let url = URL(string: text.withoutTrailingSlashes), let origin = Origin(url), url.query() == nil,
            url.fragment() == nil
        else {
            throw BackupError(
                .invalidInput,
                "'\(Self.shown(text))' is not the URL of a blob endpoint.",
                remedy: "It looks like https://ACCOUNT.blob.core.windows.net, without a query, a user or a password."
            )
        }
        try origin.requireConfidential("The blob endpoint")
        return url
    }

    /// The part of a text that may be shown: a query may be a signature, and what stands before an @ a password.
    private static func shown(_ text: String) -> String {
        let plain = text.prefix { $0 != "?" && $0 != "#" }
        guard let at = plain.lastIndex(of: "@") else { return String(plain.prefix(200)) }
        let scheme = plain.firstRange(of: "://").map { plain[..<$0.upperBound] } ?? ""
        return "\(scheme)…\(plain[at...].prefix(200))"
    }
}
