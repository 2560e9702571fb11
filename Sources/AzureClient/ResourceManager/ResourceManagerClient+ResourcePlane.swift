package import BackupDomain
import FoundationEssentials
import HTTPTypes

extension ResourceManagerClient: ResourcePlane {
    package func send(
        _ method: ResourceMethod,
        _ path: String,
        apiVersion: String,
        body: JSONValue?
    ) async throws -> ManagementAnswer {
        var request = HTTPExchangeRequest(
            method: HTTPRequest.Method(rawValue: method.rawValue) ?? .get,
            url: try self.url(path.percentEncoded(keepingSlashes: true), version: apiVersion),
            body: try body.map { try JSONEncoder.stable().encode($0) } ?? Data()
        )
        if body != nil { request.fields[.contentType] = "application/json" }
        request.fields[.accept] = "application/json"
        do {
            let answer = try await self.caller.call(request, method == .post ? .once : .idempotent)
            return answer.management(answer.response.document)
        } catch let failure as TransportFailure {
            throw failure.error
        }
    }

    package func list(_ path: String, apiVersion: String, filter: String?) async throws -> [JSONValue] {
        var query = [(name: "api-version", value: apiVersion)]
        if let filter { query.append((name: "$filter", value: filter)) }
        let url = try self.caller.origin.url("\(path.percentEncoded(keepingSlashes: true))?\(formEncoded(query))")
        return try await self.pages(from: url, listing: path, need: nil, scopeID: nil)
    }
}
