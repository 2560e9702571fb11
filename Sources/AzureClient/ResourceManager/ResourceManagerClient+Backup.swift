package import BackupDomain
import FoundationEssentials
import HTTPTypes

extension ResourceManagerClient {
    package func startBackup(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        try await self.start(.backup, of: id, request)
    }

    package func startRestore(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        try await self.start(.restore, of: id, request)
    }

    private func start(_ kind: RunKind, of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        var post = HTTPExchangeRequest(
            method: .post,
            url: try self.url("\(Self.path(id))/\(kind.rawValue)", version: self.apiVersion),
            body: try BackupBody.content(request)
        )
        post.fields[.contentType] = "application/json"
        post.fields[.accept] = "application/json"
        var caller = self.caller
        // The run itself waits where Azure asks for more: its record tells so meanwhile, and it can be stopped.
        caller.repeating.rules.patience = caller.repeating.rules.cap
        do {
            let answer = try await caller.call(post, .once)
            return answer.management(answer.response.document)
        } catch let failure as TransportFailure {
            guard failure.mayHaveArrived else { throw failure.error }
            throw BackupError(
                .ambiguousSubmission,
                "It is not known whether Azure accepted the \(kind.rawValue): \(failure.error.message)"
            )
        }
    }

    package func operation(at location: String) async throws -> ManagementAnswer {
        guard let url = self.operationURL(location) else {
            throw BackupError.foreign(Origin(location), own: self.caller.origin)
        }
        var caller = self.caller
        // Whoever follows the operation paces its polls; a second attempt within one would only hide a failure.
        caller.repeating.rules = .single
        var request = HTTPExchangeRequest(url: url)
        request.fields[.accept] = "application/json"
        do {
            let answer = try await caller.call(request)
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
