package import BackupDomain
import FoundationEssentials
import HTTPTypes

extension ResourceManagerClient {
    package func startBackup(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        var post = HTTPExchangeRequest(
            method: .post,
            url: try self.url("\(Self.path(id))/backup", version: self.apiVersion),
            body: try BackupBody.content(request)
        )
        post.fields[.contentType] = "application/json"
        post.fields[.accept] = "application/json"
        do {
            let answer = try await self.caller.call(post, .once)
            self.readings.note(answer.response.fields)
            return answer.management(answer.response.document)
        } catch let failure as TransportFailure {
            guard failure.mayHaveArrived else { throw failure.error }
            throw BackupError(
                .ambiguousSubmission,
                "It is not known whether Azure accepted the backup: \(failure.error.message)"
            )
        }
    }

    package func operation(at location: String) async throws -> ManagementAnswer {
        guard let url = self.operationURL(location) else {
            throw BackupError.foreign(Origin(location), own: self.caller.origin)
        }
        var caller = self.caller
        // Whoever follows the operation paces its polls; a second attempt within one would only hide a failure.
        caller.repeating.rules.attempts = 1
        var request = HTTPExchangeRequest(url: url)
        request.fields[.accept] = "application/json"
        do {
            let answer = try await caller.call(request)
            self.readings.note(answer.response.fields)
            return answer.management(answer.response.document)
        } catch let failure as TransportFailure {
            throw failure.error
        }
    }

    private func operationURL(_ location: String) -> URL? {
        if location.hasPrefix("/"), !location.hasPrefix("//") { return try? self.caller.origin.url(location) }
        // Where it leads is compared by the caller, before a token is attached.
        return URL(string: location)
    }
}
