import EmulatorBlobStorage
import Foundation

/// Whether the storage account lets an instance write or read its backup.
///
/// Azure's words for these refusals, as API Management passes them on, are not known; the words here are the storage
/// service's own where it has some.
struct StorageAccess {
    /// What is to be done with the blob.
    enum Purpose {
        case read
        case write

        var action: String {
            let blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
            switch self {
            case .read: return "\(blobs)/read"
            case .write: return "\(blobs)/write"
            }
        }
    }

    let state: CloudState
    let instance: ApiManagementInstance
    let target: BackupTarget
    let now: Date

    /// Why the account refuses, or nil where it does not.
    func refusal(of purpose: Purpose) -> String? {
        guard let account = self.state.storageAccount(named: self.target.account) else {
            return "The storage account '\(self.target.account)' could not be found."
        }
        if account.isDisabled { return "The specified account is disabled." }
        if let refusal = self.firewallRefusal(of: account) { return refusal }
        if case .key(let key) = self.target.access { return self.keyRefusal(of: account, key: key) }
        guard let principal = self.principalID else {
            return "The identity is not assigned to the service '\(self.instance.name)'."
        }
        let scope =
            self.state.world.rules.containerScopeCounts ? account.containerScope(self.target.container) : account.id
        let permitted = self.state.access.permits(
            principal,
            action: purpose.action,
            isDataAction: true,
            at: scope,
            now: self.now
        )
        return permitted ? nil : "This request is not authorized to perform this operation using this permission."
    }

    /// Whether the firewall keeps the instance out.
    ///
    /// Source: "How to implement disaster recovery …": the system-assigned identity comes in as a trusted service. Rules for
    /// addresses never match within a region, where requests do not come from public ones; from another region they may.
    /// Whether the trusted services also pass where the account has no public network access is not known; here they do.
    private func firewallRefusal(of account: EmulatedStorageAccount) -> String? {
        if account.trustedServicesBypass && self.target.access == .systemIdentity { return nil }
        if account.publicNetworkAccess && (!account.firewallDefaultDeny || self.isAddressAllowed(by: account)) {
            return nil
        }
        return "This request is not authorized to perform this operation."
    }

    /// The instance's public address stands for those of Azure's control plane, which are other ones, for each region.
    private func isAddressAllowed(by account: EmulatedStorageAccount) -> Bool {
        guard RegionName.short(self.instance.location) != RegionName.short(account.location) else { return false }
        let address = InstanceView.publicAddress(of: self.instance.name)
        return account.firewallAddresses.compactMap(AddressRule.init).contains { $0.contains(address) }
    }

    private func keyRefusal(of account: EmulatedStorageAccount, key: String) -> String? {
        guard account.allowSharedKeyAccess else {
            return "Key based authentication is not permitted on this storage account."
        }
        return account.keys.contains(key) ? nil : "Server failed to authenticate the request."
    }

    /// The object id of the identity that the call names, where the instance has it.
    var principalID: String? {
        switch self.target.access {
        case .key: nil
        case .systemIdentity: self.instance.identity.systemPrincipalID
        case .userIdentity(let clientID):
            self.instance.identity.userAssigned.lazy
                .compactMap { self.state.userAssignedIdentity($0) }
                .first { $0.clientID.caseInsensitiveCompare(clientID) == .orderedSame }?.principalID
        }
    }
}
