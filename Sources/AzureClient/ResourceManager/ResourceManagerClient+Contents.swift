package import BackupDomain
import FoundationEssentials
import HTTPTypes

extension ResourceManagerClient: ContentsPlane {
    /// The most bytes that one page may have: a hundred policies may be long.
    private static let contentsCap = 16 << 20

    package func contents(_ list: String, of instance: ResourceID) async throws -> ManagementAnswer {
        let path = "\(Self.path(instance))/\(list.percentEncoded(keepingSlashes: true))"
        return try await self.page(try self.url(path, version: self.readingAPIVersion))
    }

    package func contents(at link: String) async throws -> ManagementAnswer {
        guard let url = URL(string: link) else {
            throw BackupError(.malformedAnswer, "Azure's link to the next page is no URL.")
        }
        try self.caller.requireOwnOrigin(url)
        return try await self.page(url)
    }

    private func page(_ url: URL) async throws -> ManagementAnswer {
        var request = HTTPExchangeRequest(url: url, capInBytes: Self.contentsCap)
        request.fields[.accept] = "application/json"
        do {
            let answer = try await self.caller.call(request)
            return answer.management(answer.response.document)
        } catch let failure as TransportFailure {
            guard failure.error.code == .answerTooLarge else { throw failure.error }
            throw BackupError(
                .answerTooLarge,
                "Azure's answer to \(url.path()) is larger than \(Self.contentsCap) bytes."
            )
        }
    }
}
