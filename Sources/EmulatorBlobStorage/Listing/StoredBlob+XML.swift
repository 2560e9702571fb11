import Foundation

extension StoredBlob {
    /// Writes what the list of blobs tells about the blob, behind its name.
    func write(_ xml: inout XMLWriter, includes: Set<String>, at now: Date) {
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
            xml.element("TagCount", self.tags.isEmpty ? nil : String(self.tags.count))
        }
        if includes.contains("metadata") { xml.element(metadata: self.metadata) }
        if includes.contains("tags"), !self.tags.isEmpty { xml.element(tags: self.tags) }
        xml.element("OrMetadata", "")
    }
}
