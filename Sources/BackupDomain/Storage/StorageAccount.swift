package import FoundationEssentials

/// A storage account, as far as a backup needs to know it.
package struct StorageAccount: Sendable, Hashable {
    /// The account's global name: what the backup request carries.
    package var name: String
    /// The blob endpoint without a trailing slash; containers follow directly.
    package var blobEndpoint: URL
    /// The resource id, where Resource Manager let us see the account.
    package var id: ResourceID?

    /// Creates a value.
    package init(name: String, blobEndpoint: URL, id: ResourceID? = nil) {
        self.name = name
        self.blobEndpoint = blobEndpoint
        self.id = id
    }

    /// Whether a text may name a storage account: 3 to 24 lower-case letters and digits.
    ///
    /// Source: <https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-name>
    ///
    /// - Parameter name: The text.
    /// - Returns: Whether Azure could have such an account.
    package static func isValidName(_ name: String) -> Bool {
        (3...24).contains(name.utf8.count)
            && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
    }

    /// Whether a text may name a container: 3 to 63 lower-case letters, digits and single hyphens, none at an end.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata>
    ///
    /// - Parameter name: The text.
    /// - Returns: Whether Azure could have such a container.
    package static func isValidContainerName(_ name: String) -> Bool {
        guard (3...63).contains(name.utf8.count) else { return false }
        // Every call to the blob service asks: a hyphen stands between two others, so none stands at an end or beside one.
        var isAfterHyphen = true
        for byte in name.utf8 {
            let isHyphen = byte == 45
            guard isHyphen ? !isAfterHyphen : (97...122).contains(byte) || (48...57).contains(byte) else {
                return false
            }
            isAfterHyphen = isHyphen
        }
        return !isAfterHyphen
    }
}
