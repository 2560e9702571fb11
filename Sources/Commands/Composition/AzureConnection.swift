import AzureClient
import BackupDomain
import BackupEngine
import FieldTest
import Inventory
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
    /// What is left of Azure's budgets of calls, and how often somebody waited for them.
    let budgets: SubscriptionBudgets
    /// Opens the records that this machine keeps of an account's runs.
    let localRecords: @Sendable (_ account: String) -> LocalRecords
    /// Told of what is damaged in a catalog and passed over.
    let warn: @Sendable (BackupError) -> Void
    /// What was said to Azure, where that is taken down.
    let recorder: ExchangeRecorder?

    /// Opens a connection for the duration of a closure.
    ///
    /// - Parameters:
    ///   - settings: Which Azure, and as whom.
    ///   - records: Where the records are that the catalog does not take; a folder; the standard one by default.
    ///   - rules: When calls are tried again; those of a person who waits by default.
    ///   - context: What the program is given.
    ///   - warn: Told of what is damaged in a catalog and passed over; standard error by default.
    ///   - record: Told of each exchange with Azure, redacted; nil, the default, takes nothing down.
    ///   - body: What to do with the connection.
    /// - Returns: What the closure returns.
    /// - Throws: What the closure throws, and ``BackupDomain/BackupError`` where the connection cannot be made.
    static func with<Result: Sendable>(
        _ settings: ProgramSettings,
        records: String? = nil,
        rules: RetryRules = RetryRules(),
        context: CommandContext,
        warn: (@Sendable (BackupError) -> Void)? = nil,
        record: (@Sendable (Exchange) -> Void)? = nil,
        _ body: (AzureConnection) async throws -> Result
    ) async throws -> Result {
        let environment = AzureEnvironment(context.environment)
        let identity = ClientIdentity(version: ApimBackup.version, invocationID: context.invocationID)
        return try await Self.withNetwork(context, environment) { network in
            var transport = IdentifyingTransport(network, identity: identity)
            var clock = context.clock
            if let url = environment[.clock] {
                clock = try await ServedClock.follow(url, transport: transport, base: context.clock)
            }
            let recorder = record.map { ExchangeRecorder(clock: clock, write: $0) }
            if let recorder {
                transport = IdentifyingTransport(RecordingTransport(network, recorder), identity: identity)
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
            let budgets = SubscriptionBudgets()
            let plane = try ResourceManagerClient(
                cloud: cloud,
                tokens: tokens,
                transport: transport,
                clock: patient,
                random: random,
                rules: rules,
                apiVersion: settings.apiVersion,
                budgets: budgets
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
                    budgets: budgets,
                    localRecords: { account in
                        LocalRecords(of: account, folder: records, environment: context.environment)
                    },
                    warn: warn ?? { error in context.terminal.note("warning: \(error.message)") },
                    recorder: recorder
                )
            )
        }
    }

    /// Opens a network, where the context has none.
    private static func withNetwork<Result: Sendable>(
        _ context: CommandContext,
        _ environment: AzureEnvironment,
        _ body: (AsyncHTTPTransport) async throws -> Result
    ) async throws -> Result {
        if let network = context.network { return try await body(network) }
        return try await AsyncHTTPTransport.with(environment, body)
    }

    /// What reads what lies in instances.
    var gatherer: InventoryGatherer { InventoryGatherer(plane: self.plane) }

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
