package import BackupDomain
package import FoundationEssentials
import HTTPTypes

extension BlobServiceClient: BlobStorage {
    package var forWriting: any BlobStorage {
        var client = self
        client.isForWriting = true
        return client
    }

    package func properties(of name: String, in container: String) async throws -> BlobObservation {
        let answer = try await self.call(.head, container, blob: name)
        if answer.status == 404, BlobRefusal.code(answer.response) == "BlobNotFound" {
            return .absent(date: answer.response.date)
        }
        guard answer.status == 200 else {
            throw self.refusal(answer, .readBlob, container: container, "looking at the blob \(name)")
        }
        let fields = answer.response.fields
        guard let length = fields[single: .contentLength].flatMap({ Int($0) }), length >= 0,
            let etag = fields[single: .eTag]
        else {
            throw answer.malformed("it has no Content-Length or no ETag")
        }
        return .present(
            BlobProperties(
                name: name,
                bytes: length,
                etag: ETag(etag),
                createdAt: fields[text: "x-ms-creation-time"].flatMap(HTTPDate.date),
                modifiedAt: fields[single: .lastModified].flatMap(HTTPDate.date),
                contentMD5: fields[text: "Content-MD5"] ?? fields[text: "x-ms-blob-content-md5"],
                isLeased: fields[text: "x-ms-lease-status"]?.lowercased() == "locked",
                immutableUntil: fields[text: "x-ms-immutability-policy-until-date"].flatMap(HTTPDate.date),
                hasLegalHold: fields[text: "x-ms-legal-hold"]?.lowercased() == "true",
                isVersioned: fields[text: "x-ms-version-id"] != nil,
                accessTier: fields[text: "x-ms-access-tier"]
            )
        )
    }

    package func read(_ name: String, in container: String, cap: Int) async throws -> (content: Data, etag: ETag)? {
        let answer = try await self.call(.get, container, blob: name, capInBytes: cap)
        if answer.status == 404, BlobRefusal.code(answer.response) == "BlobNotFound" { return nil }
        guard answer.status == 200 else {
            throw self.refusal(answer, .readBlob, container: container, "reading the blob \(name)")
        }
        guard let etag = answer.response.fields[single: .eTag] else { throw answer.malformed("it has no ETag") }
        return (answer.response.body, ETag(etag))
    }

    package func write(
        _ content: Data,
        to name: String,
        in container: String,
        condition: WriteCondition,
        contentType: String
    ) async throws -> ETag {
        var fields: HTTPFields = [.contentType: contentType]
        fields[text: "x-ms-blob-type"] = "BlockBlob"
        switch condition {
        case .always: break
        case .absent: fields[.ifNoneMatch] = "*"
        case .matches(let etag): fields[.ifMatch] = etag.text
        }
        let answer = try await self.call(.put, container, blob: name, fields: fields, body: content)
        if answer.response.isSuccess {
            guard let etag = answer.response.fields[single: .eTag] else { throw answer.malformed("it has no ETag") }
            return ETag(etag)
        }
        let error = self.refusal(answer, .writeBlob, container: container, "writing the blob \(name)")
        if error.code == .conflict, answer.isRepeated, condition != .always,
            let there = try await self.read(name, in: container, cap: max(content.count, 1)), there.content == content
        {
            // An attempt whose answer was lost had been the one that wrote it.
            return there.etag
        }
        throw error
    }
}
