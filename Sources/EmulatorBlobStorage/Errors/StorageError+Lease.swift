/// Refusals that come from a lease.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes>
extension StorageError {
    static let leaseAlreadyPresent = Self(409, "LeaseAlreadyPresent", "There is already a lease present.")
    static let leaseIdMismatchWithLeaseOperation = Self(
        409,
        "LeaseIdMismatchWithLeaseOperation",
        "The lease ID specified did not match the lease ID for the resource with the specified lease operation."
    )
    static let leaseNotPresentWithLeaseOperation = Self(
        409,
        "LeaseNotPresentWithLeaseOperation",
        "There is currently no lease on the resource."
    )
    static let leaseIsBreakingAndCannotBeAcquired = Self(
        409,
        "LeaseIsBreakingAndCannotBeAcquired",
        "The lease ID matched, but the lease is currently in breaking state and cannot be acquired until it is broken."
    )
    static let leaseIsBreakingAndCannotBeChanged = Self(
        409,
        "LeaseIsBreakingAndCannotBeChanged",
        "The lease ID matched, but the lease is currently in breaking state and cannot be changed."
    )
    static let leaseIsBrokenAndCannotBeRenewed = Self(
        409,
        "LeaseIsBrokenAndCannotBeRenewed",
        "The lease ID matched, but the lease has been broken explicitly and cannot be renewed."
    )

    static func leaseIdMissing(_ resource: LeasedResource) -> Self {
        Self(
            412,
            "LeaseIdMissing",
            "There is currently a lease on the \(resource) and no lease ID was specified in the request."
        )
    }

    static func leaseNotPresent(_ resource: LeasedResource) -> Self {
        Self(
            412,
            resource == .blob ? "LeaseNotPresentWithBlobOperation" : "LeaseNotPresentWithContainerOperation",
            "There is currently no lease on the \(resource)."
        )
    }

    static func leaseIdMismatch(_ resource: LeasedResource) -> Self {
        Self(
            412,
            resource == .blob ? "LeaseIdMismatchWithBlobOperation" : "LeaseIdMismatchWithContainerOperation",
            "The lease ID specified did not match the lease ID for the \(resource)."
        )
    }

    static func leaseLost(_ resource: LeasedResource) -> Self {
        Self(
            412,
            "LeaseLost",
            "A lease ID was specified, but the lease for the \(resource) has expired."
        )
    }
}
