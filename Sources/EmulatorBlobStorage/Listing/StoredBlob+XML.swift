import Foundation

extension StoredBlob {
    /// Writes what the list of blobs tells about the blob, behind its name.
    func write(_ xml: inout XMLWriter, isCurrent: Bool, includes: Set<String>, at now: Date) {
        if self.deletion != nil { xml.element("Deleted", "true") }
        if includes.contains("versions") {
            xml.element("VersionId", self.versionID)
            if isCurrent, self.versionID != nil { xml.element("IsCurrentVersion", "true") }
        }
        xml.element("Properties") { xml in
            xml.element("Creation-Time", HTTPDate.text(self.createdAt))
            xml.element("Last-Modified", HTTPDate.text(self.revision.lastModified))
            xml.element("Etag", self.revision.bareTag)
            xml.element("Content-Length", String(self.contentLength))
            xml.element("Content-Type", self.headers.type)
            xml.element("Content-Encoding", self.headers.encoding ?? "")
            xml.element("Content-Language", self.headers.language ?? "")
            xml.element("Content-CRC64", "")
            xml.element("Content-MD5", self.headers.md5 ?? "")
            xml.element("Cache-Control", self.headers.cacheControl ?? "")
            xml.element("Content-Disposition", self.headers.disposition ?? "")
            xml.element("BlobType", "BlockBlob")
            xml.element("AccessTier", self.tier ?? "Hot")
            xml.element("AccessTierInferred", self.tier == nil ? "true" : nil)
            xml.element("AccessTierChangeTime", self.tierChangedAt.map(HTTPDate.text))
            xml.element(self.lease, at: now)
            xml.element("ServerEncrypted", "true")
            if includes.contains("copy"), let copy = self.copy {
                xml.element("CopyId", copy.id)
                xml.element("CopySource", copy.source)
                xml.element("CopyStatus", "success")
                xml.element("CopyProgress", "\(copy.length)/\(copy.length)")
                xml.element("CopyCompletionTime", HTTPDate.text(copy.completedAt))
            }
            self.writeProtection(&xml, includes: includes)
            if let deletion {
                xml.element("DeletedTime", HTTPDate.text(deletion.at))
                let left = deletion.expiresAt.timeIntervalSince(now) / 86_400
                xml.element("RemainingRetentionDays", String(Int(left.rounded(.down))))
            }
            xml.element("TagCount", self.tags.isEmpty ? nil : String(self.tags.count))
        }
        if includes.contains("metadata") { xml.element(metadata: self.metadata) }
        if includes.contains("tags"), !self.tags.isEmpty { xml.element(tags: self.tags) }
        xml.element("OrMetadata", "")
    }

    private func writeProtection(_ xml: inout XMLWriter, includes: Set<String>) {
        if includes.contains("immutabilitypolicy"), let until = self.protection?.until {
            xml.element("ImmutabilityPolicyUntilDate", HTTPDate.text(until))
            xml.element("ImmutabilityPolicyMode", self.protection?.isLocked == true ? "locked" : "unlocked")
        }
        if includes.contains("legalhold"), self.protection?.hasLegalHold == true { xml.element("LegalHold", "true") }
    }
}
