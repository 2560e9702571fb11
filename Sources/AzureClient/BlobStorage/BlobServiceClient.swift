package import BackupDomain
import FoundationEssentials
import HTTPTypes

/// The blob service of one storage account by its REST interface, with tokens; account keys are never used here.
package struct BlobServiceClient: Sendable {
    /// The version of the interface that is spoken.
    static let version = "2023-11-03"

    var caller: AzureCaller
    let account: StorageAccount
    let clock: any WallClock
    /// Whether what is read is read in order to write.
    var isForWriting = false

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - account: The account and its endpoint.
    ///   - cloud: The cloud that it is in.
    ///   - tokens: Where its tokens come from.
    ///   - transport: What carries the calls.
    ///   - clock: The present, and what waits between attempts.
    ///   - random: Where jitter comes from.
    ///   - rules: When to try again.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where the endpoint is none to which tokens may go.
    package init(
        account: StorageAccount,
        cloud: Cloud,
        tokens: TokenCache,
        transport: any HTTPTransport,
        clock: any WallClock,
        random: RandomSource = RandomSource(),
        rules: RetryRules = RetryRules()
    ) throws(BackupError) {
        guard let origin = Origin(account.blobEndpoint) else {
            throw BackupError(.invalidInput, "The blob endpoint of \(account.name) is no http or https URL.")
        }
        try origin.requireConfidential("The blob endpoint of \(account.name)")
        self.account = account
        self.clock = clock
        self.caller = AzureCaller(
            repeating: RepeatingTransport(base: transport, rules: rules, clock: clock, random: random),
            tokens: tokens,
            audience: cloud.storageAudience,
            origin: origin
        )
    }

    /// Makes a call.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - container: The container.
    ///   - blob: The blob's name; nil for the container itself.
    ///   - query: The query.
    ///   - fields: Header fields beside those of every call.
    ///   - body: The content.
    ///   - capInBytes: The most bytes to accept.
    ///   - deadline: How long each attempt may take.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``BackupDomain/BackupError`` where no answer came.
    func call(
        _ method: HTTPRequest.Method,
        _ container: String,
        blob: String? = nil,
        query: [(name: String, value: String)] = [],
        fields: HTTPFields = [:],
        body: Data = Data(),
        capInBytes: Int = 1 << 20,
        deadline: Duration = .seconds(60)
    ) async throws -> AzureAnswer {
        guard StorageAccount.isValidContainerName(container) else {
            throw BackupError(.invalidInput, "'\(container)' cannot be the name of a container.")
        }
        let name = blob.map { "/\($0.percentEncoded(keepingSlashes: true))" } ?? ""
        return try await self.call(
            method,
            path: "/\(container)\(name)",
            query,
            fields,
            body,
            capInBytes: capInBytes,
            deadline: deadline
        )
    }

    /// Makes a call on the account's blob service itself.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - query: The query.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``BackupDomain/BackupError`` where no answer came.
    func serviceCall(_ method: HTTPRequest.Method, query: [(name: String, value: String)]) async throws -> AzureAnswer {
        try await self.call(method, path: "/", query, [:], Data(), capInBytes: 1 << 20, deadline: .seconds(60))
    }

    private func call(
        _ method: HTTPRequest.Method,
        path: String,
        _ query: [(name: String, value: String)],
        _ fields: HTTPFields,
        _ body: Data,
        capInBytes: Int,
        deadline: Duration
    ) async throws -> AzureAnswer {
        let search = query.isEmpty ? "" : "?\(formEncoded(query))"
        let base = self.account.blobEndpoint.path(percentEncoded: true).withoutTrailingSlashes
        let url = try self.caller.origin.url("\(base)\(path)\(search)")
        var request = HTTPExchangeRequest(
            method: method,
            url: url,
            fields: fields,
            body: body,
            capInBytes: capInBytes,
            deadline: deadline
        )
        request.fields[text: "x-ms-version"] = Self.version
        do {
            return try await self.caller.call(request)
        } catch let failure as TransportFailure where failure.error.code == .hostNotFound {
            var error = failure.error
            error.code = .storageAccountNotFound
            error.message = "There is no storage account '\(self.account.name)' at \(self.caller.origin): no such host."
            error.remedy =
                "Check --storage-account, --cloud and this machine's DNS; for a private endpoint, its DNS zone."
            throw error
        } catch let failure as TransportFailure {
            throw failure.error
        }
    }

    /// Says what a refusal means.
    ///
    /// - Parameters:
    ///   - answer: The refusal.
    ///   - need: The right that the call needs.
    ///   - container: The container that it was about.
    ///   - what: What could not be done, as in "reading …".
    /// - Returns: The error.
    func refusal(_ answer: AzureAnswer, _ need: Permission, container: String, _ what: String) -> BackupError {
        // One grant, not one for each step.
        let need = self.isForWriting ? need.granted(with: .writeBlob) : need
        return BlobRefusal(answer, account: self.account, container: container).error(need, what, now: self.clock.now)
    }
}
