import EmulatorBlobStorage

/// Which of several plausible answers Azure gives, where its own is not known.
///
/// Each is an answer to one of the assumptions of docs/assumptions.json; ``Assumption`` has them by name.
struct ProviderRules: Sendable, Equatable, Codable {
    /// What a backup or restore is answered while another operation runs.
    enum WhileBusy: String, Sendable, Codable, CaseIterable {
        /// 409 with the code `ServiceLocked`.
        case conflict
        /// 409 with another code.
        case otherConflict
        /// 429 without `Retry-After`.
        case throttle
        /// 202: both operations run.
        case accept
    }

    /// What a backup does with a blob that has its name already.
    enum ExistingBlob: Sendable, Equatable, Codable {
        /// Writes over it.
        case overwritten
        /// Fails at its end.
        case refused
        /// Ends well and leaves it as it was.
        case kept
    }

    /// What lies under a backup's name while the backup runs.
    enum BlobWhileRunning: Sendable, Equatable, Codable {
        /// Nothing.
        case absent
        /// An empty blob.
        case empty
        /// The first half of the backup.
        case partial
    }

    /// How the poll tells that a backup has failed.
    enum FailureForm: Sendable, Equatable, Codable {
        /// By ``backupFailureStatus`` and an error's body.
        case error
        /// By ``backupFailureStatus`` without a body.
        case bare
        /// By 200 with the instance, whose state is `Failed`.
        case failedState
        /// By 200 with a status document that says `Failed`.
        case failedStatus
        /// Not at all: 200 with the instance, as after a success.
        case hidden
    }

    /// What the URL of an operation answers that Azure has forgotten.
    enum ForgottenOperation: Sendable, Equatable, Codable {
        /// 404.
        case notFound
        /// 410.
        case gone
        /// 204.
        case noContent
        /// 403, although the caller has the right.
        case forbidden
    }

    /// What a list of resources holds for a caller whose roles are all below the listed scope.
    enum ListingBelow: Sendable, Equatable, Codable {
        /// What the caller may read.
        case readable
        /// Nothing.
        case empty
        /// 403.
        case forbidden
    }

    /// Whether the tier Isolated, of which no document says so, has backup and restore.
    var backsUpIsolatedTier = false
    /// What a backup or restore is answered while another operation runs.
    var whileBusy = WhileBusy.conflict
    /// Whether a running backup shows as the state `Updating`; otherwise nothing shows.
    var showsUpdating = true
    /// What a backup does with a blob that has its name already.
    var existingBlob = ExistingBlob.overwritten
    /// Whether writing over a blob makes its creation time anew.
    var renewsCreationTime = false
    /// What lies under a backup's name while the backup runs.
    var blobWhileRunning = BlobWhileRunning.absent
    /// Whether a backup makes the container where it is missing; otherwise it fails at its end.
    var createsContainer = false
    /// Whether a data role on the container alone is enough for a backup; otherwise it must be at the account or above.
    var containerScopeCounts = true
    /// The code of a backup that fails while it runs.
    var backupFailureCode = "BackupFailed"
    /// The status of the poll that tells of a failed backup.
    var backupFailureStatus = 400
    /// How the poll tells that a backup has failed.
    var backupFailureForm = FailureForm.error
    /// Whether reading an operation needs the right `operationresults/read`; otherwise the right to start it is enough.
    var operationReadIsOwnRight = true
    /// What the URL of an operation answers that Azure has forgotten.
    var forgottenOperation = ForgottenOperation.notFound
    /// What a list of resources holds for a caller whose roles are all below the listed scope.
    var listingBelow = ListingBelow.readable
    /// Whether the list of subscriptions holds those in which the caller has a role on something only.
    var listsSubscriptionsOfResources = true
    /// How far the blob service's clock is ahead of the Resource Manager's, in seconds; negative where it is behind.
    var blobClockLeadSeconds = 0
    /// What blobs answer where Azure's own answer is not known.
    var blobs = BlobAnswers()
    /// The regions in which Container Apps are offered, by their names for machines; nil for all.
    var containerAppsRegions: [String]?
    /// How many elements one page of a list has.
    var pageSize = 1000
}
