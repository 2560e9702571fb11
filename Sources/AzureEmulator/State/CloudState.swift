import Foundation

/// Everything that exists in the local Azure at one moment, apart from blobs.
struct CloudState: Sendable {
    /// What does not change while the emulator runs.
    let world: World
    private(set) var instances: [Scope: ApiManagementInstance]
    private(set) var operations: [String: ServiceOperation] = [:]
    private(set) var roleAssignments: [Scope: RoleAssignment]
    private(set) var locks: [Scope: ManagementLock]
    /// The instances that were deleted and can still be recovered, by the ids that they had.
    private(set) var deletedInstances: [Scope: DeletedInstance] = [:]
    private(set) var access: AccessRules
    private(set) var resourceGroups: [Scope: ResourceGroup]
    private(set) var userAssignedIdentities: [Scope: UserAssignedIdentity]
    /// The resources that are kept as they were sent.
    private(set) var resources: [Scope: KeptResource] = [:]
    private(set) var deployments: [Scope: Deployment] = [:]
    /// The executions of jobs.
    private(set) var executions: [Scope: JobExecution] = [:]
    /// When the schedule of each job was last looked at.
    private(set) var jobLooks: [Scope: Date] = [:]
    /// What workflows have done, by their ids.
    private(set) var workflows: [Scope: WorkflowHistory] = [:]
    /// What operations of the Resource Manager itself came to, by the last segments of their URLs.
    private(set) var results: [String: ManagementResult] = [:]
    /// Whether an earlier start already made the world's containers.
    private(set) var isFounded = false

    init(world: World) {
        self.world = world
        self.instances = Dictionary(world.instances.map { ($0.id, $0) }) { _, last in last }
        self.roleAssignments = Dictionary(world.roleAssignments.map { ($0.id, $0) }) { _, last in last }
        self.locks = Dictionary(world.locks.map { ($0.id, $0) }) { _, last in last }
        self.resourceGroups = Dictionary(world.resourceGroups.map { ($0.scope, $0) }) { _, last in last }
        self.userAssignedIdentities =
            Dictionary(world.userAssignedIdentities.map { ($0.id, $0) }) { _, last in last }
        self.access = AccessRules(
            assignments: world.roleAssignments,
            definitions: Dictionary(
                (BuiltInRoles.all + world.roleDefinitions).map { ($0.id.lowercased(), $0) }
            ) { _, last in last }
        )
    }

    /// Puts one change into effect.
    mutating func apply(_ change: CloudChange) {
        switch change {
        case .founded: self.isFounded = true
        case .instance(let instance): self.instances[instance.id] = instance
        case .content(let id, let steps, let node):
            guard var contents = self.instances[id]?.configuration.contents else { break }
            if let node { contents.put(node, at: steps) } else { contents.remove(at: steps) }
            self.instances[id]?.configuration = .written(contents)
        case .instanceDeleted(let deleted):
            self.instances[deleted.instance.id] = nil
            self.deletedInstances[deleted.instance.id] = deleted
        case .instanceRecovered(let instance):
            self.instances[instance.id] = instance
            self.deletedInstances[instance.id] = nil
        case .instancePurged(let id):
            self.instances[id] = nil
            self.deletedInstances[id] = nil
        case .operation(let operation): self.operations[operation.id] = operation
        case .operationForgotten(let id): self.operations[id] = nil
        case .lock(let lock): self.locks[lock.id] = lock
        case .lockRemoved(let id): self.locks[id] = nil
        case .roleAssignment(let assignment):
            self.roleAssignments[assignment.id] = assignment
            self.access.assignments = Array(self.roleAssignments.values)
        case .roleAssignmentRemoved(let id):
            self.roleAssignments[id] = nil
            self.access.assignments = Array(self.roleAssignments.values)
        case .roleDefinition(let definition): self.access.definitions[definition.id.lowercased()] = definition
        case .roleDefinitionRemoved(let id): self.access.definitions[id.lowercased()] = nil
        case .resourceGroup(let group): self.resourceGroups[group.scope] = group
        case .userAssignedIdentity(let identity): self.userAssignedIdentities[identity.id] = identity
        case .userAssignedIdentityRemoved(let id): self.userAssignedIdentities[id] = nil
        case .resource(let resource): self.resources[resource.id] = resource
        case .resourceRemoved(let id):
            self.resources[id] = nil
            self.jobLooks[id] = nil
            self.executions = self.executions.filter { $0.value.job != id }
            self.workflows[id] = nil
        case .result(let result):
            // Whoever leaves results behind is not followed by them for ever.
            self.results = self.results.filter { $0.value.expiresAt > result.readyAt }
            self.results[result.id] = result
        case .deployment(let change): change.apply(to: &self.deployments)
        case .execution(let execution): self.executions[execution.id] = execution
        case .executionRemoved(let id): self.executions[id] = nil
        case .jobLook(let id, let time): self.jobLooks[id] = time
        case .workflow(let id, let change): self.workflows[id, default: WorkflowHistory()].apply(change)
        }
    }

    /// The operation that holds an instance, where one does.
    func runningOperation(of instance: Scope) -> ServiceOperation? {
        self.operations.values.first { $0.instance == instance && $0.outcome == nil }
    }

    /// The running operations that show in the storage already, a second after they were accepted.
    func operationsBegun(at now: Date) -> [ServiceOperation] {
        guard self.world.rules.blobWhileRunning != .absent else { return [] }
        return self.operations.values.filter { $0.outcome == nil && $0.acceptedAt.addingTimeInterval(1) <= now }
    }

    /// The operations whose end has come and that have not been ended, in the order of their ends.
    func operationsDue(at now: Date) -> [ServiceOperation] {
        self.operations.values.filter { $0.outcome == nil && $0.endsAt <= now }
            .sorted { ($0.endsAt, $0.id) < ($1.endsAt, $1.id) }
    }

    /// The deleted instance of a name in a region of a subscription, where there is one.
    func deletedInstance(_ name: String, region: String, in subscription: Scope) -> DeletedInstance? {
        self.deletedInstances.values.first { deleted in
            subscription.contains(deleted.instance.id) && deleted.region == RegionName.short(region)
                && deleted.instance.name.caseInsensitiveCompare(name) == .orderedSame
        }
    }

    /// The storage account of a name.
    func storageAccount(named name: String) -> EmulatedStorageAccount? {
        self.world.storageAccounts.first { $0.name == name.lowercased() }
    }

    /// The user-assigned identity of a resource id.
    func userAssignedIdentity(_ id: Scope) -> UserAssignedIdentity? {
        self.userAssignedIdentities[id]
    }

    /// The machines whose identities can be asked for: that of the world first.
    var machines: [Machine] { [self.world.machine] + self.jobMachines }
}
