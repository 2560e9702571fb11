import EmulatorBlobStorage

extension Assumption {
    /// Every assumption whose answer is inferred or unknown; docs/assumptions.json has the same ones, as a test checks.
    package static let all: [Assumption] = Self.ofOperations + Self.ofBlobs + Self.ofDeletion + Self.ofRights

    private static let ofOperations: [Assumption] = [
        Assumption(
            "backup-while-busy",
            [
                "conflict": { $0.rules.whileBusy = .conflict },
                "other-conflict": { $0.rules.whileBusy = .otherConflict },
                "throttled": { $0.rules.whileBusy = .throttle },
                "accepted": { $0.rules.whileBusy = .accept },
            ]
        ),
        Assumption(
            "isolated-tier",
            [
                "refused": { $0.rules.backsUpIsolatedTier = false },
                "accepted": { $0.rules.backsUpIsolatedTier = true },
            ]
        ),
        Assumption(
            "state-during-backup",
            [
                "updating": { $0.rules.showsUpdating = true },
                "unchanged": { $0.rules.showsUpdating = false },
            ]
        ),
        Assumption(
            "failed-backup-answer",
            [
                "bad-request": { $0.rules.fail(.error, status: 400) },
                "conflict": { $0.rules.fail(.error, status: 409) },
                "server-error": { $0.rules.fail(.error, status: 500) },
                "bare-bad-request": { $0.rules.fail(.bare, status: 400) },
                "failed-state": { $0.rules.fail(.failedState, status: 200) },
                "failed-status": { $0.rules.fail(.failedStatus, status: 200) },
                "none": { $0.rules.fail(.hidden, status: 200) },
            ]
        ),
        Assumption(
            "failed-backup-code",
            [
                "backup-failed": { $0.rules.backupFailureCode = "BackupFailed" },
                "invalid-parameters": { $0.rules.backupFailureCode = "InvalidParameters" },
                "scope-locked": { $0.rules.backupFailureCode = "ScopeLocked" },
            ]
        ),
        Assumption(
            "operation-url-lifetime",
            [
                "day": { $0.timings.operationLifetimeSeconds = 86_400 },
                "none": { $0.timings.operationLifetimeSeconds = 0 },
            ]
        ),
        Assumption(
            "forgotten-operation",
            [
                "not-found": { $0.rules.forgottenOperation = .notFound },
                "gone": { $0.rules.forgottenOperation = .gone },
                "no-content": { $0.rules.forgottenOperation = .noContent },
                "forbidden": { $0.rules.forgottenOperation = .forbidden },
            ]
        ),
    ]

    private static let ofDeletion: [Assumption] = [
        Assumption(
            "deletion-of-versioned-blob",
            [
                "recoverable": { $0.rules.blobs.deletionOfVersioned = .recoverable },
                "permanent": { $0.rules.blobs.deletionOfVersioned = .permanent },
                "unsaid": { $0.rules.blobs.deletionOfVersioned = .unsaid },
            ]
        ),
        Assumption(
            "deletion-of-protected-version",
            [
                "kept": { $0.rules.blobs.refusesProtectedVersions = false },
                "refused": { $0.rules.blobs.refusesProtectedVersions = true },
            ]
        ),
        Assumption(
            "container-immutability-of-blob",
            [
                "hidden": { $0.rules.blobs.showsContainerImmutability = false },
                "shown": { $0.rules.blobs.showsContainerImmutability = true },
            ]
        ),
    ]

    private static let ofBlobs: [Assumption] = [
        Assumption(
            "existing-blob",
            [
                "overwritten": { $0.rules.existingBlob = .overwritten },
                "refused": { $0.rules.existingBlob = .refused },
                "kept": { $0.rules.existingBlob = .kept },
            ]
        ),
        Assumption(
            "creation-time-of-overwritten-blob",
            [
                "kept": { $0.rules.renewsCreationTime = false },
                "renewed": { $0.rules.renewsCreationTime = true },
            ]
        ),
        Assumption(
            "blob-while-running",
            [
                "absent": { $0.rules.blobWhileRunning = .absent },
                "empty": { $0.rules.blobWhileRunning = .empty },
                "partial": { $0.rules.blobWhileRunning = .partial },
            ]
        ),
        Assumption(
            "missing-container",
            [
                "refused": { $0.rules.createsContainer = false },
                "created": { $0.rules.createsContainer = true },
            ]
        ),
        Assumption(
            "clocks-of-azure",
            [
                "equal": { $0.rules.blobClockLeadSeconds = 0 },
                "blobs-behind": { $0.rules.blobClockLeadSeconds = -5 },
                "blobs-ahead": { $0.rules.blobClockLeadSeconds = 5 },
            ]
        ),
    ]

    private static let ofRights: [Assumption] = [
        Assumption(
            "role-at-container",
            [
                "enough": { $0.rules.containerScopeCounts = true },
                "not-enough": { $0.rules.containerScopeCounts = false },
            ]
        ),
        Assumption(
            "right-to-read-operation",
            [
                "of-its-own": { $0.rules.operationReadIsOwnRight = true },
                "with-backup": { $0.rules.operationReadIsOwnRight = false },
            ]
        ),
        Assumption(
            "listing-for-role-on-resource",
            [
                "readable": { $0.rules.listingBelow = .readable },
                "empty": { $0.rules.listingBelow = .empty },
                "forbidden": { $0.rules.listingBelow = .forbidden },
            ]
        ),
        Assumption(
            "subscription-for-role-on-resource",
            [
                "listed": { $0.rules.listsSubscriptionsOfResources = true },
                "not-listed": { $0.rules.listsSubscriptionsOfResources = false },
            ]
        ),
    ]
}

extension ProviderRules {
    fileprivate mutating func fail(_ form: FailureForm, status: Int) {
        self.backupFailureForm = form
        self.backupFailureStatus = status
    }
}
