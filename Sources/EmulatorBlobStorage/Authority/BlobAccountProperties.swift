/// What blob storage must know about a storage account.
package struct BlobAccountProperties: Sendable {
    /// The account's name.
    package var name: String
    /// The account's keys in base64, the first one first.
    package var keys: [String]
    /// Whether signatures made with a key are accepted.
    package var allowSharedKeyAccess: Bool
    /// Whether containers may be public.
    package var allowBlobPublicAccess: Bool
    /// Whether the account can be reached at all from outside private networks.
    package var publicNetworkAccess: Bool
    /// Whether the firewall refuses whoever no rule admits.
    package var firewallDefaultDeny: Bool
    /// Whether Azure's trusted services pass the firewall.
    package var trustedServicesBypass: Bool
    /// Whether a firewall rule admits the callers of the listener.
    package var firewallAdmitsCallers: Bool
    /// The addresses that the firewall lets through.
    package var addressRules: [AddressRule]
    /// Whether the account is disabled.
    package var isDisabled: Bool
    /// How long after its deletion a container's name cannot be taken, in seconds.
    package var containerDeletionSeconds: Int
    /// What blobs answer where Azure's own answer is not known.
    package var answers: BlobAnswers
    /// Whether plain http is refused, as Azure's own default is; off here, because local clients use both.
    package var httpsOnly: Bool
    /// The account's SKU.
    package var sku: String
    /// The account's kind.
    package var kind: String
    /// Where a client that came without a token is sent to ask for one.
    package var authorizationURI: String

    /// Creates a description; the defaults are those of a new account that admits everyone who can authenticate.
    package init(
        name: String,
        keys: [String],
        allowSharedKeyAccess: Bool = true,
        allowBlobPublicAccess: Bool = false,
        publicNetworkAccess: Bool = true,
        firewallDefaultDeny: Bool = false,
        trustedServicesBypass: Bool = true,
        firewallAdmitsCallers: Bool = false,
        addressRules: [AddressRule] = [],
        isDisabled: Bool = false,
        containerDeletionSeconds: Int = 30,
        answers: BlobAnswers = BlobAnswers(),
        httpsOnly: Bool = false,
        sku: String = "Standard_LRS",
        kind: String = "StorageV2",
        authorizationURI: String = "https://login.microsoftonline.com/common/oauth2/authorize"
    ) {
        self.name = name
        self.keys = keys
        self.allowSharedKeyAccess = allowSharedKeyAccess
        self.allowBlobPublicAccess = allowBlobPublicAccess
        self.publicNetworkAccess = publicNetworkAccess
        self.firewallDefaultDeny = firewallDefaultDeny
        self.trustedServicesBypass = trustedServicesBypass
        self.firewallAdmitsCallers = firewallAdmitsCallers
        self.addressRules = addressRules
        self.isDisabled = isDisabled
        self.containerDeletionSeconds = containerDeletionSeconds
        self.answers = answers
        self.httpsOnly = httpsOnly
        self.sku = sku
        self.kind = kind
        self.authorizationURI = authorizationURI
    }

    /// Whether the network lets a caller at an address through to the account.
    ///
    /// Source: "Trusted Azure services" of the storage firewall; whether they also pass where the account has no public network
    /// access is not known, here they do.
    func admits(_ address: String, isTrustedService: Bool) -> Bool {
        if isTrustedService, self.trustedServicesBypass { return true }
        guard self.publicNetworkAccess else { return false }
        return !self.firewallDefaultDeny || self.firewallAdmitsCallers
            || self.addressRules.contains { $0.contains(address) }
    }
}
