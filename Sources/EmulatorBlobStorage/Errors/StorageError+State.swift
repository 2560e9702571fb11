/// Refusals that come from what is stored.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes>
extension StorageError {
    static let containerNotFound = Self(404, "ContainerNotFound", "The specified container does not exist.")
    static let containerExists = Self(409, "ContainerAlreadyExists", "The specified container already exists.")
    static let containerBeingDeleted = Self(
        409,
        "ContainerBeingDeleted",
        "The specified container is being deleted. Try operation later."
    )
    static let immutableByPolicy = Self(
        409,
        "BlobImmutableDueToPolicy",
        "This operation is not permitted as the blob is immutable due to a policy."
    )
    static let immutableByHold = Self(
        409,
        "BlobImmutableDueToLegalHold",
        "This operation is not permitted as the blob is immutable due to one or more legal holds."
    )
    /// Azure's code where a container does not protect single versions is not known.
    static let versionsNotProtected = Self.notEmulated("Version level immutability of this container")
    /// Azure's code where a locked policy is to be shortened or deleted is not known.
    static let policyIsLocked = Self(
        409,
        "BlobImmutableDueToPolicy",
        "A locked immutability policy can only be extended."
    )
    /// That a current version is not deleted by its id is documented; the code is not.
    static let currentVersion = Self(
        403,
        "OperationNotAllowedOnRootBlob",
        "The operation is not allowed on a root blob."
    )
    static let blobNotFound = Self(404, "BlobNotFound", "The specified blob does not exist.")
    static let blobArchived = Self(409, "BlobArchived", "This operation is not permitted on an archived blob.")
    static let blobExists = Self(409, "BlobAlreadyExists", "The specified blob already exists.")
    static let conditionNotMet = Self(
        412,
        "ConditionNotMet",
        "The condition specified using HTTP conditional header(s) is not met."
    )
    static let sourceConditionNotMet = Self(
        412,
        "SourceConditionNotMet",
        "The source condition specified using HTTP conditional header(s) is not met."
    )
    static let notModified = Self(
        304,
        "ConditionNotMet",
        "The condition specified using HTTP conditional header(s) is not met."
    )
    static let invalidBlock = Self(400, "InvalidBlobOrBlock", "The specified blob or block content is invalid.")
    static let invalidBlockList = Self(400, "InvalidBlockList", "The specified block list is invalid.")
    static let blockListTooLong = Self(
        400,
        "BlockListTooLong",
        "The block list may not contain more than 50,000 blocks."
    )
    static let blockCountExceeded = Self(
        409,
        "BlockCountExceedsLimit",
        "The uncommitted block count cannot exceed the maximum limit of 100,000 blocks."
    )
    static let cannotVerifyCopySource = Self(
        404,
        "CannotVerifyCopySource",
        "The specified resource does not exist."
    )
    static let noPendingCopy = Self(409, "NoPendingCopyOperation", "There is currently no pending copy operation.")

    static func invalidRange(length: Int) -> Self {
        Self(416, "InvalidRange", "The range specified is invalid for the current size of the resource.")
            .header("Content-Range", "bytes */\(length)")
    }
}
