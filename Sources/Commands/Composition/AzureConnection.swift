import AzureClient
import BackupDomain
import BackupEngine
import Foundation

/// Azure, reached for the time of one command: transport, cloud, credential, clock and the clients made of them.
struct AzureConnection: Sendable {
    let environment: AzureEnvironment
    let cloud: Cloud
    let clock: any WallClock
    let tokens: TokenCache
    let plane: ResourceManagerClient
    private let transport: any HTTPTransport
    private let patient: StoppableClock
    private let random: RandomSource
    private let rules: RetryRules

    /// Opens a connection for the duration of a closure.
    ///
    /// - Parameters:
    ///   - options: Which Azure, and as whom.
    ///   - apiVersion: The api-version of API Management's calls; nil for the default.
    ///   - rules: When calls are tried again; those of a person who waits by default.
    ///   - context: What the program is given.
    ///   - body: What to do with the connection.
    /// - Returns: What the closure returns.
    /// - Throws: What the closure throws, and ``BackupDomain/BackupError`` where the connection cannot be made.
    static func with<Result: Sendable>(
        _ options: AzureOptions,
        apiVersion: String? = nil,
        rules: RetryRules = RetryRules(),
        context: CommandContext,
        _ body: (AzureConnection) async throws -> Result
    ) async throws -> Result {
        let environment = AzureEnvironment(context.environment)
        let identity = ClientIdentity(version: ApimBackup.version, invocationID: context.invocationID)
        return try await AsyncHTTPTransport.with(environment) { network in
            let transport = IdentifyingTransport(network, identity: identity)
            var clock = context.clock
            if let url = environment[.clock] {
                clock = try await ServedClock.follow(url, transport: transport, base: context.clock)
            }
            let cloud = try await Cloud.resolve(named: options.cloud, environment: environment, transport: transport)
            let random = RandomSource()
            let patient = StoppableClock(clock, stop: context.stop)
            let credential = try CredentialSource(
                environment: environment,
                cloud: cloud,
                transport: transport,
                clock: patient,
                random: random,
                rules: rules
            ).credential(options.credential)
            let tokens = TokenCache(credential, clock: clock)
            let plane = try ResourceManagerClient(
                cloud: cloud,
                tokens: tokens,
                transport: transport,
                clock: patient,
                random: random,
                rules: rules,
                apiVersion: apiVersion ?? ResourceManagerClient.standardAPIVersion
            )
            return try await body(
                AzureConnection(
                    environment: environment,
                    cloud: cloud,
                    clock: clock,
                    tokens: tokens,
                    plane: plane,
                    transport: transport,
                    patient: patient,
                    random: random,
                    rules: rules
                )
            )
        }
    }

    /// Finds a storage account's blob endpoint and makes a client for it.
    ///
    /// - Parameters:
    ///   - options: The account's name and, where given, its endpoint.
    ///   - subscription: Where to look for the account; nil for all that can be seen.
    /// - Returns: The account with its client.
    /// - Throws: ``BackupDomain/BackupError``
    func storage(_ options: StorageOptions, subscription: String?) async throws -> RunStorage {
        let name = options.storageAccount
        let override = options.blobEndpoint ?? self.environment[.blobEndpoint]
        let account: StorageAccount
        if let override {
            account = StorageAccount(name: name, blobEndpoint: try BlobEndpoint.override(override, account: name))
        } else if let found = try await StorageAccountLookup(plane: self.plane).find(name, in: subscription) {
            account = found
        } else {
            account = StorageAccount(
                name: name,
                blobEndpoint: try BlobEndpoint.standard(account: name, cloud: self.cloud)
            )
        }
        let blobs = try BlobServiceClient(
            account: account,
            cloud: self.cloud,
            tokens: self.tokens,
            transport: self.transport,
            clock: self.patient,
            random: self.random,
            rules: self.rules
        )
        return RunStorage(account: account, blobs: blobs)
    }

    /// The subscription to look in, where one is named.
    func subscription(_ options: AzureOptions) -> String? {
        let named = options.subscription ?? self.environment.variables["AZURE_SUBSCRIPTION_ID"]
        return named.flatMap { $0.isEmpty ? nil : $0 }
    }
}
