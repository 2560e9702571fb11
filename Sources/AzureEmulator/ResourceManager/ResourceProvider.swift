import EmulatorRuntime

/// The part of the Resource Manager that answers for one namespace.
protocol ResourceProvider: Sendable {
    /// The namespace, such as `Microsoft.Storage`.
    var namespace: String { get }

    /// The provider's resource types, as `az provider show` lists them.
    var resourceTypes: [String] { get }

    /// Answers a call.
    func respond(to call: ManagementCall) throws -> EmulatedResponse

    /// The provider's resources in a state, for lists over all providers.
    func resources(in state: CloudState) -> [ListedResource]
}
