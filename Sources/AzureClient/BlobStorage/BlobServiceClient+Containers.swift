package import BackupDomain
import HTTPTypes

extension BlobServiceClient {
    private static let containerQuery = [(name: "restype", value: "container")]

    package func containerExists(_ container: String) async throws -> Bool {
        let answer = try await self.call(.head, container, query: Self.containerQuery)
        if answer.status == 200 { return true }
        let code = BlobRefusal.code(answer.response)
        if answer.status == 404, code == "ContainerNotFound" || code == "ContainerBeingDeleted" { return false }
        throw self.refusal(answer, .readContainer, container: container, "looking for the container \(container)")
    }

    package func createContainer(_ container: String) async throws {
        let answer = try await self.call(.put, container, query: Self.containerQuery)
        if answer.response.isSuccess { return }
        if answer.status == 409, BlobRefusal.code(answer.response) == "ContainerAlreadyExists" { return }
        throw self.refusal(answer, .createContainer, container: container, "creating the container \(container)")
    }

    package func list(
        _ container: String,
        prefix: String,
        delimiter: String?,
        marker: String?
    ) async throws -> BlobPage {
        var query = Self.containerQuery + [(name: "comp", value: "list"), (name: "maxresults", value: "1000")]
        if !prefix.isEmpty { query.append((name: "prefix", value: prefix)) }
        if let delimiter { query.append((name: "delimiter", value: delimiter)) }
        if let marker { query.append((name: "marker", value: marker)) }
        let answer = try await self.call(.get, container, query: query, capInBytes: 8 << 20)
        guard answer.status == 200 else {
            throw self.refusal(answer, .readBlob, container: container, "listing the container \(container)")
        }
        guard var page = BlobListing.page(answer.response.body) else {
            throw answer.malformed("it is no listing of a container")
        }
        guard page.nextMarker == nil || page.nextMarker != marker else {
            throw answer.malformed("its next page is the same page again")
        }
        page.date = answer.response.date
        return page
    }
}
