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
                xml.element("HasImmutabilityPolicy", "false")
                xml.element("HasLegalHold", "false")
                xml.element("ImmutableStorageWithVersioningEnabled", "false")
            }
            if withMetadata { xml.element(metadata: self.metadata) }
        }
    }
}
