import EmulatorRuntime

/// A storage account: the resource, its keys and its firewall.
///
/// What lies in it belongs to the blob storage.
struct EmulatedStorageAccount: Sendable, Equatable, Codable {
    /// The resource id.
    var id: Scope
    /// The account's name, lower-case.
    var name: String
    /// The region, such as `westeurope`.
    var location: String
    /// The account's kind, such as `StorageV2`.
    var kind = "StorageV2"
    /// The redundancy, such as `Standard_LRS`.
    var sku = "Standard_LRS"
    /// The resource's tags.
    var tags: [String: String] = [:]
    /// The two keys, in base64.
    var keys: [String]
    /// Whether the keys may be used.
    var allowSharedKeyAccess = true
    /// Whether a container may be public.
    var allowBlobPublicAccess = false
    /// Whether the account may be reached from the internet at all.
    var publicNetworkAccess = true
    /// Whether the firewall refuses what no rule allows.
    var firewallDefaultDeny = false
    /// Whether a rule of the firewall lets the callers of the listeners through.
    var firewallAdmitsCallers = false
    /// The addresses, and ranges of them, that the firewall lets through.
    var firewallAddresses: [String] = []
    /// Whether the firewall lets Azure's trusted services through.
    var trustedServicesBypass = true
    /// The methods of the blob service's CORS rules.
    var corsMethods: [String] = []
    /// For how many days deleted blobs can be brought back; nil for not at all.
    var softDeleteDays: Int?
    /// Whether earlier versions of blobs are kept.
    var isVersioned = false
    /// The rules of lifecycle management, as the Resource Manager shows them; nil for none.
    var lifecycleRules: JSON?
    /// Whether Azure has disabled the account.
    var isDisabled = false
    /// The containers that exist at the first start.
    var containers: [EmulatedContainer] = []

    /// The scope of one container, as role assignments name it.
    func containerScope(_ container: String) -> Scope {
        self.id.appending("blobServices/default/containers/\(container)")
    }
}
