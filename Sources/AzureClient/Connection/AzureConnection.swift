package import BackupDomain
import FoundationEssentials

/// One cloud with one caller: everything that a program needs to work with it.
///
/// The transport stays its maker's, who closes it.
package struct AzureConnection: Sendable {
    /// The cloud.
    package let cloud: Cloud
    /// The caller's tokens.
    package let tokens: TokenCache
    /// Resource Manager.
    package let resourceManager: ResourceManagerClient

    private let environment: AzureEnvironment
    private let transport: any HTTPTransport
    private let clock: any WallClock
    private let random: RandomSource

    /// Finds the cloud and prepares the credential; asks for no token yet.
    ///
    /// - Parameters:
    ///   - options: What the command line asks for.
    ///   - environment: The variables.
    ///   - transport: What carries the calls.
    ///   - clock: The present, and what waits.
    ///   - random: Where jitter and nonces come from.
    /// - Returns: The connection.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, `malformedAnswer` and those of the transport.
    package static func open(
        _ options: AzureOptions,
        environment: AzureEnvironment,
        transport: any HTTPTransport,
        clock: any WallClock,
        random: RandomSource = RandomSource()
    ) async throws -> AzureConnection {
        let transport = IdentifyingTransport(transport, identity: options.identity)
        let cloud = try await Cloud.resolve(named: options.cloud, environment: environment, transport: transport)
        let source = CredentialSource(
            environment: environment,
            cloud: cloud,
            transport: transport,
            clock: clock,
            random: random
        )
        let tokens = TokenCache(try source.credential(options.credential), clock: clock)
        let manager = try ResourceManagerClient(
            cloud: cloud,
            tokens: tokens,
            transport: transport,
            clock: clock,
            random: random,
            apiVersion: options.apiVersion
        )
        return AzureConnection(
            cloud: cloud,
            tokens: tokens,
            resourceManager: manager,
            environment: environment,
            transport: transport,
            clock: clock,
            random: random
        )
    }

    /// Says where an account's blobs are, for an account that Resource Manager did not show.
    ///
    /// - Parameters:
    ///   - account: The account's name.
    ///   - found: The account as Resource Manager showed it; nil where it did not.
    ///   - override: The value of `--blob-endpoint`; `APIM_BACKUP_BLOB_ENDPOINT` counts where there is none.
    /// - Returns: The account with its endpoint.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`.
    package func storageAccount(
        _ account: String,
        found: StorageAccount? = nil,
        override: String? = nil
    ) throws(BackupError) -> StorageAccount {
        let standard = try BlobEndpoint.standard(account: account, cloud: self.cloud)
        if let text = override ?? self.environment[.blobEndpoint] {
            let endpoint = try BlobEndpoint.override(text, account: account)
            return StorageAccount(name: account, blobEndpoint: endpoint, id: found?.id)
        }
        return found ?? StorageAccount(name: account, blobEndpoint: standard)
    }

    /// Makes a client of an account's blob service.
    ///
    /// - Parameter account: The account.
    /// - Returns: The client.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`.
    package func blobStorage(_ account: StorageAccount) throws(BackupError) -> BlobServiceClient {
        try BlobServiceClient(
            account: account,
            cloud: self.cloud,
            tokens: self.tokens,
            transport: self.transport,
            clock: self.clock,
            random: self.random
        )
    }
}
