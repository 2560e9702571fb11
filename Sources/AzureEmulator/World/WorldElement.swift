/// A thing of a world file's list: the file may name it once, and what it names again replaces what was there.
protocol WorldElement {
    /// What tells it apart from the others of its kind.
    var key: String { get }
}

extension Subscription: WorldElement {
    var key: String { self.id }
}

extension ResourceGroup: WorldElement {
    var key: String { self.scope.path.lowercased() }
}

extension UserAssignedIdentity: WorldElement {
    var key: String { self.id.path.lowercased() }
}

extension ServicePrincipal: WorldElement {
    var key: String { self.name }
}

extension EmulatedStorageAccount: WorldElement {
    var key: String { self.name }
}

extension ApiManagementInstance: WorldElement {
    var key: String { self.id.path.lowercased() }
}

extension RoleDefinition: WorldElement {
    var key: String { self.name.lowercased() }
}

extension ManagementLock: WorldElement {
    var key: String { self.id.path.lowercased() }
}
