extension AzureEnvironment {
    /// A variable that the adapters heed.
    package enum Variable: String, Sendable, CaseIterable {
        /// The tenant of the caller's application.
        case tenantID = "AZURE_TENANT_ID"
        /// The client id of the caller's application, or of its user-assigned identity.
        case clientID = "AZURE_CLIENT_ID"
        /// The application's secret.
        case clientSecret = "AZURE_CLIENT_SECRET"
        /// A file with the application's certificate and key, PEM or PKCS#12.
        case clientCertificatePath = "AZURE_CLIENT_CERTIFICATE_PATH"
        /// The password of that file.
        case clientCertificatePassword = "AZURE_CLIENT_CERTIFICATE_PASSWORD"
        /// Whether to send the certificate's chain along: `1` or `true`.
        case clientSendCertificateChain = "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN"
        /// A file with a token of the platform, to be exchanged for one of Azure.
        case federatedTokenFile = "AZURE_FEDERATED_TOKEN_FILE"
        /// The host that gives out tokens, in place of the cloud's.
        case authorityHost = "AZURE_AUTHORITY_HOST"
        /// Which credentials to use.
        case tokenCredentials = "AZURE_TOKEN_CREDENTIALS"
        /// A user's name: named in an explanation only, signing in with a password is not supported.
        case username = "AZURE_USERNAME"
        /// The managed-identity endpoint of App Service, Container Apps and Automation.
        case identityEndpoint = "IDENTITY_ENDPOINT"
        /// The secret that this endpoint wants to see.
        case identityHeader = "IDENTITY_HEADER"
        /// Set by Service Fabric, whose endpoint is not supported.
        case identityServerThumbprint = "IDENTITY_SERVER_THUMBPRINT"
        /// Set by Azure Arc, whose endpoint is not supported.
        case imdsEndpoint = "IMDS_ENDPOINT"
        /// The managed-identity endpoint of Azure Machine Learning, or of Cloud Shell.
        case msiEndpoint = "MSI_ENDPOINT"
        /// The secret that Azure Machine Learning's endpoint wants to see.
        case msiSecret = "MSI_SECRET"
        /// The origin of the instance metadata service, in place of 169.254.169.254.
        case podIdentityAuthorityHost = "AZURE_POD_IDENTITY_AUTHORITY_HOST"
        /// The URL of a cloud's metadata document.
        case cloudMetadataURL = "ARM_CLOUD_METADATA_URL"
        /// The blob endpoint, in place of the account's own.
        case blobEndpoint = "APIM_BACKUP_BLOB_ENDPOINT"
        /// The URL of a clock to follow, on this machine.
        case clock = "APIM_BACKUP_CLOCK"
        /// A file of certificates to trust beside the system's.
        case sslCertFile = "SSL_CERT_FILE"
        /// The proxy of https calls.
        case httpsProxy = "HTTPS_PROXY"
        /// The same; wins.
        case lowerCaseHTTPSProxy = "https_proxy"
        /// What goes past the proxy.
        case noProxy = "NO_PROXY"
        /// The same; wins.
        case lowerCaseNoProxy = "no_proxy"
    }
}
