import EmulatorBlobStorage
import EmulatorRuntime
import Foundation

/// All parts of one emulator that do not depend on its addresses.
struct EmulatorParts: Sendable {
    let sources: EmulatorSources
    let clock: any EmulatorClock
    let blobClock: any EmulatorClock
    let store: BlobStore
    let cloud: Cloud
    let key: SigningKey
    let faults: FaultPlan
    let ledger = CallLedger()

    init(world: World, options: EmulatorOptions, key: SigningKey? = nil) throws {
        self.sources = options.sources
        let skew = world.timings.clockSkewSeconds
        self.clock = skew == 0 ? options.sources.clock : SkewedClock(base: options.sources.clock, seconds: skew)
        let lead = world.rules.blobClockLeadSeconds
        self.blobClock = lead == 0 ? self.clock : SkewedClock(base: self.clock, seconds: lead)
        self.store = try BlobStore(directory: options.stateDirectory, clock: self.blobClock)
        self.cloud = try Cloud(
            world: world,
            clock: self.clock,
            identifiers: options.sources.identifiers,
            storage: BlobBackups(store: self.store),
            directory: options.stateDirectory
        )
        self.key = key ?? SigningKey(directory: options.stateDirectory)
        self.faults = FaultPlan(options.faults)
        if !self.cloud.read({ state, _ in state.isFounded }) { try self.found(world) }
    }

    /// Makes what the world says lies in the storage accounts.
    private func found(_ world: World) throws {
        for account in world.storageAccounts {
            try self.store.keepDeleted(
                account: account.name,
                softDeleteDays: account.softDeleteDays,
                isVersioned: account.isVersioned
            )
            for container in account.containers {
                try self.store.createContainer(
                    account: account.name,
                    container: container.name,
                    immutability: container.immutability.isEffective ? container.immutability : nil
                )
                try self.store.setProperties(
                    publicAccess: container.publicAccess,
                    metadata: [:],
                    account: account.name,
                    container: container.name
                )
            }
            if !account.corsMethods.isEmpty {
                let rule = BlobCORSRule(
                    allowedOrigins: "*",
                    allowedMethods: account.corsMethods.joined(separator: ",")
                )
                try self.store.setCORSRules([rule], account: account.name)
            }
        }
        try self.cloud.change { _, _ in ([.founded], ()) }
    }

    /// The Resource Manager's providers, once the addresses are known.
    private func router(endpoints: Endpoints) -> ManagementRouter {
        let deployments = self.deployments(endpoints: endpoints)
        return ManagementRouter(cloud: self.cloud, providers: deployments.router.providers + [deployments])
    }

    private func deployments(endpoints: Endpoints) -> DeploymentsProvider {
        let tenant = self.cloud.read { state, _ in state.world.tenantID }
        let others: [any ResourceProvider] = [
            ApiManagementProvider(),
            StorageProvider(endpoints: endpoints, containers: BlobBackups(store: self.store)),
            ManagedIdentityProvider(), AuthorizationProvider(), WorkspaceProvider(), KeptResourceProvider.monitor,
            ContainerAppsProvider(),
            WorkflowProvider(endpoints: endpoints),
        ]
        return DeploymentsProvider(
            router: ManagementRouter(cloud: self.cloud, providers: others),
            environment: CloudMetadata(endpoints: endpoints, tenantID: tenant).document
        )
    }

    /// One part of Azure as its callers meet it.
    func served(_ host: HostKind, by service: @escaping @Sendable () -> (any EmulatedService)?) -> ServedHost {
        ServedHost(
            host: host,
            service: service,
            faults: self.faults,
            ledger: self.ledger,
            sources: self.sources,
            clock: host == .blob ? self.blobClock : self.clock
        )
    }

    /// What Azure does by itself, once the addresses are known; it calls the services that the listeners serve.
    func work(
        endpoints: Endpoints,
        services: @Sendable (HostKind) -> any EmulatedService
    ) -> BackgroundWork {
        BackgroundWork(
            deployments: DeploymentWorker(
                router: self.router(endpoints: endpoints),
                intake: self.deployments(endpoints: endpoints).intake
            ),
            jobs: JobScheduler(cloud: self.cloud),
            workflows: WorkflowWorker(
                cloud: self.cloud,
                caller: self.workflowCaller(endpoints: endpoints, services: services)
            )
        )
    }

    private func workflowCaller(
        endpoints: Endpoints,
        services: @Sendable (HostKind) -> any EmulatedService
    ) -> WorkflowCaller {
        let origins: [(String, HostKind)] = [
            (endpoints.resourceManager, .resourceManager), (endpoints.authority, .authority), (endpoints.blob, .blob),
            (endpoints.blobHTTP, .blob),
        ]
        return WorkflowCaller(
            cloud: self.cloud,
            issuer: TokenIssuer(key: self.key, identifiers: self.sources.identifiers),
            audiences: self.audiences(endpoints: endpoints),
            hosts: origins.map { origin, host in
                let service = services(host)
                return (origin, self.served(host) { service })
            }
        )
    }

    private func audiences(endpoints: Endpoints) -> ResourceAudiences {
        ResourceAudiences(
            resourceManager: "\(endpoints.resourceManager)/",
            blobOrigins: [endpoints.blob, endpoints.blobHTTP],
            directory: "\(endpoints.authority)/graph"
        )
    }

    /// What runs the executions of jobs.
    func executor(surroundings: ContainerSurroundings) -> JobExecutor {
        JobExecutor(cloud: self.cloud, sources: self.sources, surroundings: surroundings)
    }

    /// The services of all listeners, once the addresses are known.
    func services(endpoints: Endpoints) -> @Sendable (HostKind) -> any EmulatedService {
        let world = self.cloud.read { state, _ in state.world }
        let audiences = self.audiences(endpoints: endpoints)
        let issuer = TokenIssuer(key: self.key, identifiers: self.sources.identifiers)
        let verifier = TokenVerifier(key: self.key, tenantID: world.tenantID)
        let router = self.router(endpoints: endpoints)
        let manager = ManagementService(
            cloud: self.cloud,
            verifier: verifier,
            audiences: audiences,
            endpoints: endpoints,
            metadata: CloudMetadata(endpoints: endpoints, tenantID: world.tenantID),
            signed: SignedWorkflowLinks(cloud: self.cloud, endpoints: endpoints),
            throttle: Throttle(world.throttling, subscriptions: world.subscriptions, clock: self.clock),
            router: router
        )
        let blobs = BlobService(
            store: self.store,
            authority: WorldBlobAuthority(
                cloud: self.cloud,
                verifier: verifier,
                audiences: audiences,
                authority: endpoints.authority
            ),
            clock: self.blobClock
        )
        let admin = AdminService(
            cloud: self.cloud,
            ledger: self.ledger,
            key: self.key,
            instantScale: self.sources.instantScale,
            advanceClock: self.sources.advanceClock
        )
        return { host in
            switch host {
            case .resourceManager: manager
            case .authority:
                AuthorityService(cloud: self.cloud, issuer: issuer, verifier: verifier, audiences: audiences)
            case .identity: ManagedIdentityService(cloud: self.cloud, issuer: issuer, audiences: audiences)
            case .blob: CurrentBlobService(cloud: self.cloud, service: blobs)
            case .admin: admin
            }
        }
    }
}
