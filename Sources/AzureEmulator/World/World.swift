/// Everything that exists in the local Azure when it starts for the first time.
///
/// ``builtIn`` is a small company with five instances; ``load(file:)`` reads another one. docs/emulator.md names
/// every field of the file.
package struct World: Sendable, Equatable {
    var tenantID: String
    var subscriptions: [Subscription] = []
    var resourceGroups: [ResourceGroup] = []
    var instances: [ApiManagementInstance] = []
    var storageAccounts: [EmulatedStorageAccount] = []
    var userAssignedIdentities: [UserAssignedIdentity] = []
    var servicePrincipals: [ServicePrincipal] = []
    var roleDefinitions: [RoleDefinition] = []
    var roleAssignments: [RoleAssignment] = []
    var locks: [ManagementLock] = []
    var machine: Machine
    var timings = Timings()
    var rules = ProviderRules()
    var throttling = ThrottlingLimits()
    /// The commands that stand for images of containers.
    var images: [String: [String]] = [:]
}
