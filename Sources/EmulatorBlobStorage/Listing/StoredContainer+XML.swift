import Foundation

extension StoredContainer {
    /// Writes the container as a line of the list of containers.
    func write(_ xml: inout XMLWriter, withMetadata: Bool, at now: Date) {
        xml.element("Container") { xml in
            xml.element("Name", self.name)
            xml.element("Properties") { xml in
                xml.element("Last-Modified", HTTPDate.text(self.revision.lastModified))
                xml.element("Etag", self.revision.etag)
                xml.element(self.lease, at: now)
                xml.element("PublicAccess", self.publicAccess)
                xml.element("DefaultEncryptionScope", "$account-encryption-key")
                xml.element("DenyEncryptionScopeOverride", "false")
                let immutability = self.immutability ?? ContainerImmutability()
                xml.element("HasImmutabilityPolicy", String(immutability.days != nil))
                xml.element("HasLegalHold", String(immutability.hasLegalHold))
                xml.element("ImmutableStorageWithVersioningEnabled", String(immutability.protectsVersions))
            }
            if withMetadata { xml.element(metadata: self.metadata) }
        }
    }
}
