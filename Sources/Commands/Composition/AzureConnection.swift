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
        return try await Self.withNetwork(context, environment) { network in
            let connection = try await AzureConnection(
                settings,
                over: network,
                environment,
                rules,
                context,
                localRecords: { LocalRecords(of: $0, folder: records, environment: context.environment) },
                warn: warn ?? { error in context.terminal.note("warning: \(error.message)") },
                record
            )
            return try await body(connection)
        }
    }

    private init(
        _ settings: ProgramSettings,
        over network: any HTTPTransport,
        _ environment: AzureEnvironment,
        _ rules: RetryRules,
        _ context: CommandContext,
        localRecords: @escaping @Sendable (_ account: String) -> LocalRecords,
        warn: @escaping @Sendable (BackupError) -> Void,
        _ record: (@Sendable (Exchange) -> Void)?
    ) async throws {
        let identity = ClientIdentity(version: ApimBackup.version, invocationID: context.invocationID)
        let plain = IdentifyingTransport(network, identity: identity)
        let clock: any WallClock =
            if let url = environment[.clock] {
                try await ServedClock.follow(url, transport: plain, base: context.clock)
            } else { context.clock }
        let recorder = record.map { ExchangeRecorder(clock: clock, write: $0) }
        let transport =
            recorder.map { IdentifyingTransport(RecordingTransport(network, $0), identity: identity) } ?? plain
        self.environment = environment
        self.settings = settings
        self.network = network
        self.clock = clock
        self.recorder = recorder
        self.transport = transport
        self.rules = rules
        self.localRecords = localRecords
        self.warn = warn
        self.accounts = FoundAccounts()
        self.budgets = SubscriptionBudgets()
        self.random = RandomSource()
        self.patient = StoppableClock(clock, stop: context.stop)
        self.cloud = try await Cloud.resolve(named: settings.cloud, environment: environment, transport: transport)
        let credential = try CredentialSource(
            environment: environment,
            cloud: self.cloud,
            transport: transport,
            clock: self.patient,
            random: self.random,
            rules: rules
        ).credential(settings.credential)
        self.tokens = TokenCache(credential, clock: clock)
        self.plane = try ResourceManagerClient(
            cloud: self.cloud,
            tokens: self.tokens,
            transport: transport,
            clock: self.patient,
            random: self.random,
            rules: rules,
            apiVersion: settings.apiVersion,
            budgets: self.budgets
        )
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
