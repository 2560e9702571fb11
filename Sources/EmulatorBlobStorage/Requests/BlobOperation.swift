/// An operation of the blob service.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/operations-on-blobs>
enum BlobOperation: Hashable, Sendable, CaseIterable {
    case listContainers, getServiceProperties, setServiceProperties, getAccountInformation, getUserDelegationKey
    case submitBatch, preflight
    case createContainer, getContainerProperties, getContainerMetadata, setContainerMetadata, deleteContainer
    case getContainerACL, setContainerACL, leaseContainer, listBlobs
    case putBlob, copyBlob, putBlobFromURL, putBlock, putBlockList, getBlockList
    case getBlob, getBlobProperties, setBlobProperties, getBlobMetadata, setBlobMetadata
    case getBlobTags, setBlobTags, setBlobTier, leaseBlob, deleteBlob, deleteBlobVersion, undeleteBlob, abortCopy
    case setImmutabilityPolicy, deleteImmutabilityPolicy, setLegalHold
}
