import EmulatorRuntime
import Foundation
import HTTPTypes

extension EmulatedResponse {
    init(_ status: Int) { self.init(status: HTTPResponse.Status(named: status)) }

    static func xml(_ writer: XMLWriter) -> Self {
        var response = Self(200)
        response.headers[.contentType] = "application/xml"
        response.body = writer.data
        return response
    }

    mutating func set(_ name: String, _ value: String?) { self.headers.set(name, value) }

    mutating func set(_ revision: Revision) {
        self.headers[.eTag] = revision.etag
        self.headers[.lastModified] = HTTPDate.text(revision.lastModified)
    }

    mutating func set(_ lease: LeaseState, at now: Date) {
        self.set("x-ms-lease-status", lease.isLocked(at: now) ? "locked" : "unlocked")
        self.set("x-ms-lease-state", lease.phase(at: now).rawValue)
        self.set("x-ms-lease-duration", lease.duration(at: now))
    }

    mutating func set(metadata: [String: String]) {
        for (name, value) in metadata { self.set("x-ms-meta-\(name)", value) }
    }

    /// A time-based policy, where there is one.
    mutating func set(policy protection: BlobProtection?) {
        guard let protection, let until = protection.until else { return }
        self.set("x-ms-immutability-policy-until-date", HTTPDate.text(until))
        self.set("x-ms-immutability-policy-mode", protection.isLocked ? "locked" : "unlocked")
    }

    /// What every blob tells about itself beside its content.
    mutating func describe(_ blob: StoredBlob, at now: Date) {
        self.set(blob.revision)
        self.set("x-ms-version-id", blob.versionID)
        self.set(metadata: blob.metadata)
        self.set("x-ms-creation-time", HTTPDate.text(blob.createdAt))
        self.set("x-ms-blob-type", "BlockBlob")
        self.set("x-ms-server-encrypted", "true")
        self.set("Accept-Ranges", "bytes")
        self.set(blob.lease, at: now)
        self.headers[.contentType] = blob.headers.type
        self.headers[.contentEncoding] = blob.headers.encoding
        self.headers[.contentLanguage] = blob.headers.language
        self.headers[.contentDisposition] = blob.headers.disposition
        self.headers[.cacheControl] = blob.headers.cacheControl
        if !blob.tags.isEmpty { self.set("x-ms-tag-count", String(blob.tags.count)) }
        guard let copy = blob.copy else { return }
        self.set("x-ms-copy-id", copy.id)
        self.set("x-ms-copy-source", copy.source)
        self.set("x-ms-copy-status", "success")
        self.set("x-ms-copy-progress", "\(copy.length)/\(copy.length)")
        self.set("x-ms-copy-completion-time", HTTPDate.text(copy.completedAt))
    }
}
