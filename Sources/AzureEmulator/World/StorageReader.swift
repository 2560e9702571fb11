import EmulatorBlobStorage
import Foundation

/// Reads storage accounts.
struct StorageReader {
    let fields: FieldReader

    func accounts(_ place: Place) -> [EmulatedStorageAccount] {
        self.fields.eachOnce("storageAccounts") { fields in
            let group = place.group(fields)
            guard let name = fields.required("name", fields.string("name")) else { return nil }
            if name.wholeMatch(of: /[a-z0-9]{3,24}/) == nil {
                fields.note("name", "A storage account's name has 3 to 24 lower-case letters and digits.")
            }
            guard let group else { return nil }
            var account = EmulatedStorageAccount(
                id: group.scope.appending("providers/Microsoft.Storage/storageAccounts/\(name)"),
                name: name,
                location: RegionName.short(fields.string("location") ?? group.location),
                keys: self.keys(fields, name: name)
            )
            account.kind = fields.string("kind") ?? account.kind
            account.sku = fields.string("sku") ?? account.sku
            account.tags = fields.texts("tags") ?? [:]
            account.allowSharedKeyAccess = fields.bool("allowSharedKeyAccess") ?? account.allowSharedKeyAccess
            account.allowBlobPublicAccess = fields.bool("allowBlobPublicAccess") ?? account.allowBlobPublicAccess
            account.publicNetworkAccess = fields.bool("publicNetworkAccess") ?? account.publicNetworkAccess
            account.firewallDefaultDeny = fields.bool("firewallDefaultDeny") ?? account.firewallDefaultDeny
            account.firewallAdmitsCallers = fields.bool("firewallAdmitsCallers") ?? account.firewallAdmitsCallers
            account.firewallAddresses = self.addresses(fields)
            account.trustedServicesBypass = fields.bool("trustedServicesBypass") ?? account.trustedServicesBypass
            account.corsMethods = self.methods(fields)
            // Source: "Soft delete for blobs": from 1 day to 365 days.
            account.softDeleteDays = fields.integer("softDeleteDays", in: 1...365)
            account.isVersioned = fields.bool("versioning") ?? account.isVersioned
            account.lifecycleRules = fields.array("lifecycleRules")
            account.isDisabled = fields.bool("disabled") ?? account.isDisabled
            account.containers = ContainerReader(fields: fields, isVersioned: account.isVersioned).containers()
            return account
        }
    }

    private func methods(_ fields: FieldReader) -> [String] {
        let methods = fields.strings("corsMethods") ?? []
        for method in methods where !BlobCORSRule.methods.contains(method) {
            fields.note("corsMethods", "'\(method)' is none of \(BlobCORSRule.methods.joined(separator: ", ")).")
        }
        return methods
    }

    private func addresses(_ fields: FieldReader) -> [String] {
        let addresses = fields.strings("firewallAddresses") ?? []
        for address in addresses where AddressRule(address) == nil {
            fields.note("firewallAddresses", "'\(address)' is neither an address nor a range such as 203.0.113.0/24.")
        }
        return addresses
    }

    private func keys(_ fields: FieldReader, name: String) -> [String] {
        let derived = [DerivedID.storageKey("\(name)/1"), DerivedID.storageKey("\(name)/2")]
        guard let keys = fields.strings("keys") else { return derived }
        if keys.isEmpty || !keys.allSatisfy({ Data(base64Encoded: $0) != nil }) {
            fields.note("keys", "One or two keys in base64 are expected.")
        }
        return keys
    }
}
