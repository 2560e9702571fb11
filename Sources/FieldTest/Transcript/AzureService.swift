/// Which of Azure's services a call went to.
package enum AzureService: String, Sendable, Codable {
    /// Azure Resource Manager.
    case resourceManager
    /// A storage account's blob service.
    case blobStorage
    /// Microsoft Entra, which gives out tokens.
    case entra
    /// An endpoint of the machine that gives out tokens of its managed identity.
    case identityEndpoint
    /// A Resource Manager's document about its cloud.
    case cloudMetadata
}
