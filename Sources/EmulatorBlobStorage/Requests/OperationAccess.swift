/// What a caller must hold to run an operation: a data action for a role, letters for a shared access signature.
///
/// Sources: <https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory>,
/// <https://learn.microsoft.com/rest/api/storageservices/create-account-sas>,
/// <https://learn.microsoft.com/rest/api/storageservices/create-service-sas>
struct OperationAccess: Sendable {
    /// The kind of resource by the letters of an account signature's `srt`.
    enum Level: String, Sendable {
        case service = "s"
        case container = "c"
        case object = "o"
    }

    private static let blobServices = "Microsoft.Storage/storageAccounts/blobServices/"

    var dataAction: String
    /// The action that is enough where the blob does not exist yet.
    var addAction: String?
    var level: Level
    /// The letters, any of which is enough.
    var letters: String
    /// Whether the letter `c` is enough where the blob does not exist yet.
    var allowsCreateLetter = false
    /// Whether a signature for one container or blob can carry it.
    var allowsServiceSignature: Bool

    private init(_ action: String, _ level: Level, _ letters: String, service: Bool = false, creates: Bool = false) {
        self.dataAction = Self.blobServices + action
        self.level = level
        self.letters = letters
        self.allowsServiceSignature = service
        self.allowsCreateLetter = creates
        self.addAction = creates ? "\(Self.blobServices)containers/blobs/add/action" : nil
    }

    init(_ operation: BlobOperation) {
        self =
            switch operation {
            case .listContainers: Self("containers/read", .service, "l")
            case .getServiceProperties: Self("read", .service, "r")
            case .setServiceProperties: Self("write", .service, "w")
            case .getAccountInformation: Self("getInfo/action", .service, "rwdlacup", service: true)
            case .getUserDelegationKey: Self("generateUserDelegationKey/action", .service, "")
            case .submitBatch, .preflight: Self("", .service, "", service: true)
            case .createContainer: Self("containers/write", .container, "wc")
            case .getContainerProperties, .getContainerMetadata: Self("containers/read", .container, "r")
            case .setContainerMetadata: Self("containers/write", .container, "w")
            case .deleteContainer: Self("containers/delete", .container, "d")
            case .getContainerACL: Self("containers/getAcl/action", .container, "")
            case .setContainerACL: Self("containers/setAcl/action", .container, "")
            case .leaseContainer: Self("containers/write", .container, "wd")
            case .listBlobs: Self("containers/blobs/read", .container, "l", service: true)
            case .putBlob, .copyBlob, .putBlobFromURL, .putBlock, .putBlockList:
                Self("containers/blobs/write", .object, "w", service: true, creates: true)
            case .getBlob, .getBlobProperties, .getBlobMetadata, .getBlockList:
                Self("containers/blobs/read", .object, "r", service: true)
            case .setBlobProperties, .setBlobMetadata, .setBlobTier, .undeleteBlob, .abortCopy:
                Self("containers/blobs/write", .object, "w", service: true)
            case .leaseBlob: Self("containers/blobs/write", .object, "wd", service: true)
            case .getBlobTags: Self("containers/blobs/tags/read", .object, "t", service: true)
            case .setBlobTags: Self("containers/blobs/tags/write", .object, "t", service: true)
            case .deleteBlob: Self("containers/blobs/delete", .object, "d", service: true)
            case .deleteBlobVersion: Self("containers/blobs/deleteBlobVersion/action", .object, "x", service: true)
            case .setImmutabilityPolicy, .deleteImmutabilityPolicy, .setLegalHold:
                Self("containers/blobs/immutableStorage/runAsSuperUser/action", .object, "i", service: true)
            }
    }
}
