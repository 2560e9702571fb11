import EmulatorRuntime

extension BlobService {
    /// Runs an operation that its caller may run.
    func perform(_ operation: BlobOperation, _ call: BlobCall) throws -> EmulatedResponse {
        switch operation {
        case .listContainers: try self.listContainers(call)
        case .getServiceProperties: self.getServiceProperties(call)
        case .setServiceProperties: try self.setServiceProperties(call)
        case .getAccountInformation: self.getAccountInformation(call)
        case .getUserDelegationKey: try self.getUserDelegationKey(call)
        case .submitBatch: try self.submitBatch(call)
        case .preflight: try self.preflight(call)
        case .createContainer: try self.createContainer(call)
        case .getContainerProperties: try self.getContainer(call, onlyMetadata: false)
        case .getContainerMetadata: try self.getContainer(call, onlyMetadata: true)
        case .setContainerMetadata: try self.setContainerMetadata(call)
        case .deleteContainer: try self.deleteContainer(call)
        case .getContainerACL: try self.getContainerACL(call)
        case .setContainerACL: try self.setContainerACL(call)
        case .leaseContainer: try self.leaseContainer(call)
        case .listBlobs: try self.listBlobs(call)
        case .putBlob: try self.putBlob(call)
        case .copyBlob: try self.copyBlob(call, answers: 202)
        case .putBlobFromURL: try self.copyBlob(call, answers: 201)
        case .putBlock: try self.putBlock(call)
        case .putBlockList: try self.putBlockList(call)
        case .getBlockList: try self.getBlockList(call)
        case .getBlob: try self.getBlob(call)
        case .getBlobProperties: try self.getBlobProperties(call)
        case .setBlobProperties: try self.setBlobProperties(call)
        case .getBlobMetadata: try self.getBlobMetadata(call)
        case .setBlobMetadata: try self.setBlobMetadata(call)
        case .getBlobTags: try self.getBlobTags(call)
        case .setBlobTags: try self.setBlobTags(call)
        case .setBlobTier: try self.setBlobTier(call)
        case .leaseBlob: try self.leaseBlob(call)
        case .deleteBlob: try self.deleteBlob(call)
        case .deleteBlobVersion: try self.deleteBlobVersion(call)
        case .undeleteBlob: try self.undeleteBlob(call)
        case .abortCopy: try self.abortCopy(call)
        case .setImmutabilityPolicy: try self.setImmutabilityPolicy(call)
        case .deleteImmutabilityPolicy: try self.deleteImmutabilityPolicy(call)
        case .setLegalHold: try self.setLegalHold(call)
        }
    }
}
