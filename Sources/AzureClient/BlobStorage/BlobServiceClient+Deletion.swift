package import BackupDomain
import HTTPTypes

/// Deleting blobs.
///
/// Sources: <https://learn.microsoft.com/rest/api/storageservices/delete-blob>,
/// <https://learn.microsoft.com/rest/api/storageservices/get-blob-service-properties>
extension BlobServiceClient {
    package func delete(_ name: String, in container: String, condition: WriteCondition) async throws -> BlobDeletion {
        var fields: HTTPFields = [:]
        switch condition {
        case .always: break
        case .absent: fields[.ifNoneMatch] = "*"
        case .matches(let etag): fields[.ifMatch] = etag.text
        }
        let answer = try await self.call(.delete, container, blob: name, fields: fields)
        if answer.response.isSuccess {
            return switch answer.response.fields[text: "x-ms-delete-type-permanent"]?.lowercased() {
            case "true": .permanent
            case "false": .recoverable
            default: .unknown
            }
        }
        // An attempt whose answer was lost had been the one that deleted it.
        if answer.isRepeated, answer.status == 404, BlobRefusal.code(answer.response) == "BlobNotFound" {
            return .unknown
        }
        throw self.refusal(answer, .deleteBlob, container: container, "deleting the blob \(name)")
    }

    package func deletedBlobRetention() async throws -> DeletedBlobRetention {
        let query = [(name: "restype", value: "service"), (name: "comp", value: "properties")]
        let answer = try await self.serviceCall(.get, query: query)
        guard answer.status == 200, let root = XMLReader.root([UInt8](answer.response.body)) else { return .unknown }
        // Services that have never heard of the policy keep nothing.
        guard let policy = root["DeleteRetentionPolicy"], policy["Enabled"]?.text.lowercased() == "true" else {
            return .nothing
        }
        return policy["Days"].flatMap { Int($0.text) }.map(DeletedBlobRetention.days) ?? .unknown
    }
}
