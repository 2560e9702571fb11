package import BackupDomain
import FoundationEssentials
import HTTPTypes

/// Azure Resource Manager by its REST interface.
package struct ResourceManagerClient: Sendable {
    /// The api-version of API Management's calls that is used by default: the newest stable one.
    package static let standardAPIVersion = "2024-05-01"

    /// The most pages of a listing that are followed.
    static let mostPages = 1000

    let caller: AzureCaller
    let apiVersion: String
    let clock: any WallClock

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - cloud: Where Resource Manager is.
    ///   - tokens: Where its tokens come from.
    ///   - transport: What carries the calls.
    ///   - clock: The present, and what waits between attempts.
    ///   - random: Where jitter comes from.
    ///   - rules: When to try again.
    ///   - apiVersion: The api-version of API Management's calls.
    ///   - budgets: The budgets of calls, shared by all clients of the process.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where the api-version is no date.
    package init(
        cloud: Cloud,
        tokens: TokenCache,
        transport: any HTTPTransport,
        clock: any WallClock,
        random: RandomSource = RandomSource(),
        rules: RetryRules = RetryRules(),
        apiVersion: String = Self.standardAPIVersion,
        budgets: SubscriptionBudgets = SubscriptionBudgets()
    ) throws(BackupError) {
        let isVersion = apiVersion.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 }
        guard isVersion, (10...32).contains(apiVersion.utf8.count) else {
            throw BackupError(
                .invalidInput,
                "'\(apiVersion)' is not an api-version.",
                remedy: "It looks like \(Self.standardAPIVersion)."
            )
        }
        self.caller = AzureCaller(
            repeating: RepeatingTransport(
                base: BudgetedTransport(base: transport, budgets: budgets, clock: clock),
                rules: rules,
                clock: clock,
                random: random
            ),
            tokens: tokens,
            audience: cloud.audience,
            origin: cloud.resourceManager
        )
        self.apiVersion = apiVersion
        self.clock = clock
    }

    /// The api-version that instances are read with: never older than the standard one.
    ///
    /// An instance that refuses an old one can so still say which it wants. Versions are dates and sort as text.
    var readingAPIVersion: String { max(self.apiVersion, Self.standardAPIVersion) }

    /// Reads a document.
    ///
    /// - Parameter url: Where it is.
    /// - Returns: Azure's answer, whatever its status.
    /// - Throws: ``BackupDomain/BackupError`` where no answer came or the URL leads elsewhere.
    func get(_ url: URL) async throws -> AzureAnswer {
        var request = HTTPExchangeRequest(url: url)
        request.fields[.accept] = "application/json"
        do {
            return try await self.caller.call(request)
        } catch let failure as TransportFailure {
            throw failure.error
        }
    }

    /// Makes the URL of a resource or of something below it.
    ///
    /// - Parameters:
    ///   - path: The path, percent-encoded.
    ///   - version: The api-version.
    /// - Returns: The URL.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`.
    func url(_ path: String, version: String) throws(BackupError) -> URL {
        try self.caller.origin.url("\(path)?api-version=\(version)")
    }
}
