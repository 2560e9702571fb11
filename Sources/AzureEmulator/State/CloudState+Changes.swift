extension CloudState {
    /// The changes that bring a fresh state of the same world to this one.
    var changes: [CloudChange] {
        let fresh = CloudState(world: self.world)
        let founded: [CloudChange] = self.isFounded ? [.founded] : []
        return founded + self.changesOfInstances(since: fresh) + self.changesOfAccess(since: fresh)
            + self.resourceGroups.values.filter { fresh.resourceGroups[$0.scope] != $0 }.map(CloudChange.resourceGroup)
            + self.resources.values.map(CloudChange.resource) + self.results.values.map(CloudChange.result)
            + self.deployments.values.map { .deployment(.accepted($0)) }
            + self.executions.values.map(CloudChange.execution)
            + self.jobLooks.map { CloudChange.jobLook($0.key, $0.value) }
            + self.workflows.map { .workflow($0.key, .restored($0.value)) }
    }

    private func changesOfInstances(since fresh: CloudState) -> [CloudChange] {
        self.instances.values.filter { fresh.instances[$0.id] != $0 }.map(CloudChange.instance)
            + fresh.instances.keys.filter { self.instances[$0] == nil }.map(CloudChange.instancePurged)
            + self.deletedInstances.values.map(CloudChange.instanceDeleted)
            + self.operations.values.sorted { $0.acceptedAt < $1.acceptedAt }.map(CloudChange.operation)
    }

    private func changesOfAccess(since fresh: CloudState) -> [CloudChange] {
        let (definitions, old) = (self.access.definitions, fresh.access.definitions)
        return self.locks.values.filter { fresh.locks[$0.id] != $0 }.map(CloudChange.lock)
            + fresh.locks.keys.filter { self.locks[$0] == nil }.map(CloudChange.lockRemoved)
            + self.roleAssignments.values.filter { fresh.roleAssignments[$0.id] != $0 }.map(CloudChange.roleAssignment)
            + fresh.roleAssignments.keys.filter { self.roleAssignments[$0] == nil }
            .map(CloudChange.roleAssignmentRemoved)
            + definitions.filter { old[$0.key] != $0.value }.values.map(CloudChange.roleDefinition)
            + old.keys.filter { definitions[$0] == nil }.map(CloudChange.roleDefinitionRemoved)
            + self.userAssignedIdentities.values.filter { fresh.userAssignedIdentities[$0.id] != $0 }
            .map(CloudChange.userAssignedIdentity)
            + fresh.userAssignedIdentities.keys.filter { self.userAssignedIdentities[$0] == nil }
            .map(CloudChange.userAssignedIdentityRemoved)
    }
}
