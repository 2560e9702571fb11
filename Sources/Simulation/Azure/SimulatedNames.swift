import HTTPTypes

/// What things are called in the simulated Azure: one instance, one storage account, one identity.
enum SimulatedNames {
    static let subscription = "5b8f7c1e-2d34-4a5b-8c6d-7e8f90a1b2c3"
    static let instance =
        "/subscriptions/\(subscription)/resourceGroups/rg-apim/providers/Microsoft.ApiManagement/service/contoso-apim"
    static let storageAccount = "contosobackups"
    static let storageAccountID =
        "/subscriptions/\(subscription)/resourceGroups/rg-apim/providers/Microsoft.Storage/storageAccounts/contosobackups"
    static let blobEndpoint = "https://contosobackups.blob.core.windows.net"
    /// Stands in every token: a record or a message in which it is found holds a secret.
    static let secret = "c2VjcmV0LW9mLXRoZS1zaW11bGF0aW9u"

    static let leaseAction = name("x-ms-lease-action")
    static let leaseID = name("x-ms-lease-id")
    static let proposedLeaseID = name("x-ms-proposed-lease-id")
    static let leaseDuration = name("x-ms-lease-duration")
    static let leaseStatus = name("x-ms-lease-status")
    static let errorCode = name("x-ms-error-code")
    static let creationTime = name("x-ms-creation-time")
    static let requestID = name("x-ms-request-id")
    static let clientRequestID = name("x-ms-client-request-id")

    static let deleteType = name("x-ms-delete-type-permanent")
    static let versionID = name("x-ms-version-id")
    static let immutableUntil = name("x-ms-immutability-policy-until-date")
    static let legalHold = name("x-ms-legal-hold")

    private static func name(_ text: String) -> HTTPField.Name {
        // Each is a constant above; none of them is refused.
        HTTPField.Name(text) ?? .accept
    }
}
