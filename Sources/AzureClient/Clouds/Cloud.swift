/// The endpoints of one Azure.
package struct Cloud: Sendable, Hashable {
    /// The name, such as `AzureCloud`.
    package var name: String
    /// Resource Manager's origin: the only one that its tokens go to.
    package var resourceManager: Origin
    /// What tokens for Resource Manager are made for, without a trailing slash.
    package var audience: String
    /// The origin that gives out tokens.
    package var authority: Origin
    /// The suffix of storage hosts: an account's blobs are at `ACCOUNT.blob.SUFFIX`.
    package var storageSuffix: String
    /// What tokens for the blob service are made for; the same in every cloud.
    ///
    /// Source: <https://learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory>
    package var storageAudience = "https://storage.azure.com"

    /// Creates a value.
    package init(
        name: String,
        resourceManager: Origin,
        audience: String,
        authority: Origin,
        storageSuffix: String
    ) {
        self.name = name
        self.resourceManager = resourceManager
        self.audience = audience
        self.authority = authority
        self.storageSuffix = storageSuffix
    }
}
