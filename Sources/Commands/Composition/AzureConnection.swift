import AzureClient
import BackupDomain
import BackupEngine
import LocalFiles
import Settings

/// Azure, reached for the time of one command: transport, cloud, credential, clock and the clients made of them.
struct AzureConnection: Sendable {
    let environment: AzureEnvironment
    let settings: ProgramSettings
    let cloud: Cloud
    let clock: any WallClock
    let tokens: TokenCache
    let plane: ResourceManagerClient
    let transport: any HTTPTransport
    /// What carries calls that are not Azure's: they do not say for which run they are.
    let network: any HTTPTransport
    let patient: StoppableClock
    let random: RandomSource
    let rules: RetryRules
    let accounts: FoundAccounts
    /// Opens the records that this machine keeps of an account's runs.
    let localRecords: @Sendable (_ account: String) -> LocalRecords
    /// Told of what is damaged in a catalog and passed over.
    let warn: @Sendable (BackupError) -> Void

    /// Opens a connection for the duration of a closure.
    ///
    /// - Parameters:
    ///   - settings: Which Azure, and as whom.
    ///   - records: Where the records are that the catalog does not take; a folder; the standard one by default.
    ///   - rules: When calls are tried again; those of a person who waits by default.
    ///   - context: What the program is given.
    ///   - body: What to do with the connection.
    /// - Returns: What the closure returns.
    /// - Throws: What the closure throws, and ``BackupDomain/BackupError`` where the connection cannot be made.
    static func with<Result: Sendable>(
        _ settings: ProgramSettings,
        records: String? = nil,
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
            let cloud = try await Cloud.resolve(named: settings.cloud, environment: environment, transport: transport)
            let random = RandomSource()
            let patient = StoppableClock(clock, stop: context.stop)
            let credential = try CredentialSource(
                environment: environment,
                cloud: cloud,
                transport: transport,
                clock: patient,
                random: random,
                rules: rules
            ).credential(settings.credential)
            let tokens = TokenCache(credential, clock: clock)
            let plane = try ResourceManagerClient(
                cloud: cloud,
                tokens: tokens,
                transport: transport,
                clock: patient,
                random: random,
                rules: rules,
                apiVersion: settings.apiVersion
            )
            return try await body(
                AzureConnection(
                    environment: environment,
                    settings: settings,
                    cloud: cloud,
                    clock: clock,
                    tokens: tokens,
                    plane: plane,
                    transport: transport,
                    network: network,
                    patient: patient,
                    random: random,
                    rules: rules,
                    accounts: FoundAccounts(),
                    localRecords: { account in
                        LocalRecords(of: account, folder: records, environment: context.environment)
                    },
                    warn: { error in context.terminal.note("warning: \(error.message)") }
                )
            )
        }
    }

    /// Who we are to the storage account, for what we write down.
    ///
    /// - Returns: The principal, as far as its token says.
    /// - Throws: ``BackupDomain/BackupError`` where no token can be had.
    func principal() async throws -> RecordedPrincipal {
        let report = try await self.tokens.report(for: self.cloud.storageAudience)
        return RecordedPrincipal(
            credential: report.credential,
            tenantID: report.tenantID,
            objectID: report.objectID,
            applicationID: report.applicationID
        )
    }
}
