/// Refusals of who asks.
///
/// Sources: <https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes>,
/// <https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes>
extension StorageError {
    static let authorizationFailure = Self(
        403,
        "AuthorizationFailure",
        "This request is not authorized to perform this operation."
    )
    static let permissionMismatch = Self(
        403,
        "AuthorizationPermissionMismatch",
        "This request is not authorized to perform this operation using this permission."
    )
    static let serviceMismatch = Self(
        403,
        "AuthorizationServiceMismatch",
        "This request is not authorized to perform this operation using this service."
    )
    static let resourceTypeMismatch = Self(
        403,
        "AuthorizationResourceTypeMismatch",
        "This request is not authorized to perform this operation using this resource type."
    )
    static let protocolMismatch = Self(
        403,
        "AuthorizationProtocolMismatch",
        "This request is not authorized to perform this operation using this protocol."
    )
    static let keyAccessNotPermitted = Self(
        403,
        "KeyBasedAuthenticationNotPermitted",
        "Key based authentication is not permitted on this storage account."
    )
    static let publicAccessNotPermitted = Self(
        409,
        "PublicAccessNotPermitted",
        "Public access is not permitted on this storage account."
    )
    static let accountIsDisabled = Self(403, "AccountIsDisabled", "The specified account is disabled.")
    static let accountRequiresHTTPS = Self(
        400,
        "AccountRequiresHttps",
        "The account being accessed does not support http."
    )
    static let resourceNotFound = Self(404, "ResourceNotFound", "The specified resource does not exist.")
    static let corsFailure = Self(
        403,
        "CorsPreflightFailure",
        "CORS not enabled or no matching rule found for this request."
    )
    static let malformedAuthentication = Self(
        400,
        "InvalidAuthenticationInfo",
        "Authentication information is not given in the correct format. Check the value of Authorization header."
    )

    static func sourceAddressMismatch(_ address: String) -> Self {
        Self(
            403,
            "AuthorizationSourceIPMismatch",
            "This request is not authorized to perform this operation using this source IP {\(address)}."
        )
    }

    static func authenticationFailed(_ detail: String) -> Self {
        Self(
            403,
            "AuthenticationFailed",
            "Server failed to authenticate the request. Make sure the value of Authorization header is formed "
                + "correctly including the signature."
        )
        .detail("AuthenticationErrorDetail", detail)
    }

    /// No usable token: the answer names the authority to ask, which clients of version 2019-12-12 and later read.
    static func challenged(code: String, account: BlobAccountProperties, detail: String?) -> Self {
        let refusal = Self(
            401,
            code,
            "Server failed to authenticate the request. Please refer to the information in the www-authenticate header."
        )
        .header(
            "WWW-Authenticate",
            "Bearer authorization_uri=\(account.authorizationURI) resource_id=https://storage.azure.com"
        )
        return detail.map { refusal.detail("AuthenticationErrorDetail", $0) } ?? refusal
    }
}
