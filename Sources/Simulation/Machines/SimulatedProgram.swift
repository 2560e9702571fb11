import AzureClient
import BackupDomain
import BackupEngine
import FoundationEssentials

/// The shipped program, composed as in one process, over the simulated network.
struct SimulatedProgram {
    /// The clients of one process.
    struct Connection {
        var plane: ResourceManagerClient
        var storage: RunStorage
    }

    static let catalogContainer = SimulatedCall.Container.catalog.rawValue
    static let principal = RecordedPrincipal(credential: "managed-identity")

    let process: SimulatedProcess
    let azure: SimulatedAzure
    let network: SimulatedNetwork
    let story: Story
    let seed: UInt64
    /// Whether the instance and the account are looked up first, as `run NAME` does.
    let looksUp: Bool

    private static let cloud = Cloud.builtIn[0]
    private static let environment = AzureEnvironment([
        "IDENTITY_ENDPOINT": "http://127.0.0.1:8081/token", "IDENTITY_HEADER": "simulated",
    ])
    private static let identity = ClientIdentity(version: "0", invocationID: "00000000-0000-4000-a000-000000000000")

    /// Makes one backup.
    ///
    /// - Parameter order: What is wanted.
    /// - Returns: The runner's report.
    /// - Throws: What the runner throws.
    func run(_ order: BackupOrder) async throws -> RunReport {
        try await self.runner(try await self.connect()).run(order)
    }

    /// Tells what came of a run, also to the oracle.
    ///
    /// - Parameter report: The runner's report.
    /// - Returns: The same, for the story.
    func told(_ report: RunReport) -> String {
        let number = self.process.number
        self.azure.with { $0.oracle.returned(report, by: number, at: $0.now) }
        let outcome = report.record.outcome.map { "\($0)" } ?? ""
        return "\(report.record.kind) \(report.record.run) \(report.ending) \(outcome)"
    }

    /// What makes backups.
    ///
    /// - Parameter connection: The clients.
    /// - Returns: The runner.
    func runner(_ connection: Connection) -> BackupRunner {
        let (story, azure, number) = (self.story, self.azure, self.process.number)
        return BackupRunner(
            plane: connection.plane,
            storage: connection.storage,
            clock: self.process,
            stop: self.process.stop,
            fallback: MemoryCatalog(),
            program: "simulate",
            notify: { Self.note($0, story, azure, number) }
        )
    }

    /// Opens the clients, as every command does.
    func connect() async throws -> Connection {
        let random = RandomSource(SplitMix(seed: self.seed))
        let transport = IdentifyingTransport(
            ProcessTransport(process: self.process, azure: self.azure, network: self.network, story: self.story),
            identity: Self.identity
        )
        let credential = try CredentialSource(
            environment: Self.environment,
            cloud: Self.cloud,
            transport: transport,
            clock: self.process,
            random: random,
            rules: .unattended
        ).credential("managed-identity")
        let tokens = TokenCache(credential, clock: self.process)
        let plane = try ResourceManagerClient(
            cloud: Self.cloud,
            tokens: tokens,
            transport: transport,
            clock: self.process,
            random: random,
            rules: .unattended
        )
        let account = try await self.account(plane)
        let blobs = try BlobServiceClient(
            account: account,
            cloud: Self.cloud,
            tokens: tokens,
            transport: transport,
            clock: self.process,
            random: random,
            rules: .unattended
        )
        return Connection(plane: plane, storage: RunStorage(account: account, blobs: blobs))
    }

    private func account(_ plane: ResourceManagerClient) async throws -> StorageAccount {
        if self.looksUp {
            _ = try await InstanceLookup(plane: plane).find(
                "contoso-apim",
                subscription: SimulatedNames.subscription,
                resourceGroup: nil
            )
            let lookup = StorageAccountLookup(plane: plane)
            let account = try await lookup.find(SimulatedNames.storageAccount, in: SimulatedNames.subscription)
            if let account { return account }
        }
        return StorageAccount(
            name: SimulatedNames.storageAccount,
            blobEndpoint: try BlobEndpoint.standard(account: SimulatedNames.storageAccount, cloud: Self.cloud)
        )
    }

    private static func note(_ notice: RunNotice, _ story: Story, _ azure: SimulatedAzure, _ number: Int) {
        switch notice {
        case .changed, .waiting, .recordPassedOver, .recordWaits: return
        case .reattached(let record):
            story.note(azure.now, 700, "process \(number) takes \(record.run) over in state \(record.state)")
        case .catalogUnavailable(let error):
            story.note(azure.now, 701, "process \(number) cannot write the record: \(error)")
        case .summaryUnwritten(let error):
            story.note(azure.now, 704, "process \(number) cannot write the summary: \(error)")
        case .locked: story.note(azure.now, 702, "process \(number) finds the lock taken")
        case .lockLost: story.note(azure.now, 703, "process \(number) has lost the lock")
        }
    }
}
