/// Refusals that come from what is stored.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes>
extension StorageError {
    static let containerNotFound = Self(404, "ContainerNotFound", "The specified container does not exist.")
    static let containerExists = Self(409, "ContainerAlreadyExists", "The specified container already exists.")
    static let blobNotFound = Self(404, "BlobNotFound", "The specified blob does not exist.")
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
