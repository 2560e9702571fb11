import Foundation

/// Finds the identity of the machine that a caller means.
struct MachineIdentity {
    let world: World

    func principal(named selector: IdentitySelector) throws(IdentityRefusal) -> Principal {
        let assigned = self.world.machine.userAssigned.compactMap { id in
            self.world.userAssignedIdentities.first { $0.id == id }
        }
        let found: UserAssignedIdentity?
        switch selector {
        case .unnamed:
            if let system = self.world.machine.systemPrincipalID { return self.systemPrincipal(system) }
            // The only user-assigned identity is also the default one; of several none is.
            found = assigned.count == 1 ? assigned.first : nil
        case .clientID(let id): found = assigned.first { $0.clientID.caseInsensitiveCompare(id) == .orderedSame }
        case .resourceID(let id): found = assigned.first { $0.id == Scope(id) }
        case .objectID(let id):
            if let system = self.world.machine.systemPrincipalID, system.caseInsensitiveCompare(id) == .orderedSame {
                return self.systemPrincipal(system)
            }
            found = assigned.first { $0.principalID.caseInsensitiveCompare(id) == .orderedSame }
        }
        guard let found else { throw IdentityRefusal("Identity not found") }
        return Principal(
            objectID: found.principalID,
            clientID: found.clientID,
            tenantID: self.world.tenantID,
            resourceID: found.id.path
        )
    }

    private func systemPrincipal(_ objectID: String) -> Principal {
        let subscription = self.world.subscriptions.first?.id ?? ""
        return Principal(
            objectID: objectID,
            clientID: DerivedID.guid("application/\(objectID)"),
            tenantID: self.world.tenantID,
            resourceID: "/subscriptions/\(subscription)/providers/Microsoft.Compute/virtualMachines/machine"
        )
    }
}
