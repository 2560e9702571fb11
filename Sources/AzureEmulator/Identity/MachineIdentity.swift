import Foundation

/// Finds the identity of a machine that a caller means.
struct MachineIdentity {
    let machine: Machine
    let state: CloudState

    func principal(named selector: IdentitySelector) throws(IdentityRefusal) -> Principal {
        let assigned = self.machine.userAssigned.compactMap { self.state.userAssignedIdentity($0) }
        let found: UserAssignedIdentity?
        switch selector {
        case .unnamed:
            if let system = self.machine.systemPrincipalID { return self.systemPrincipal(system) }
            // The only user-assigned identity is also the default one; of several none is.
            found = assigned.count == 1 ? assigned.first : nil
        case .clientID(let id): found = assigned.first { $0.clientID.caseInsensitiveCompare(id) == .orderedSame }
        case .resourceID(let id): found = assigned.first { $0.id == Scope(id) }
        case .objectID(let id):
            if let system = self.machine.systemPrincipalID, system.caseInsensitiveCompare(id) == .orderedSame {
                return self.systemPrincipal(system)
            }
            found = assigned.first { $0.principalID.caseInsensitiveCompare(id) == .orderedSame }
        }
        guard let found else { throw IdentityRefusal("Identity not found") }
        return self.state.principal(of: found)
    }

    private func systemPrincipal(_ objectID: String) -> Principal {
        let subscription = self.state.world.subscriptions.first?.id ?? ""
        let machine = "/subscriptions/\(subscription)/providers/Microsoft.Compute/virtualMachines/machine"
        return self.state.systemPrincipal(objectID, of: self.machine.resource?.path ?? machine)
    }
}

extension CloudState {
    /// A user-assigned identity as the holder of a token.
    func principal(of identity: UserAssignedIdentity) -> Principal {
        Principal(
            objectID: identity.principalID,
            clientID: identity.clientID,
            tenantID: self.world.tenantID,
            resourceID: identity.id.path
        )
    }

    /// The system-assigned identity of a resource as the holder of a token.
    func systemPrincipal(_ objectID: String, of resourceID: String) -> Principal {
        Principal(
            objectID: objectID,
            clientID: DerivedID.guid("application/\(objectID)"),
            tenantID: self.world.tenantID,
            resourceID: resourceID
        )
    }
}
