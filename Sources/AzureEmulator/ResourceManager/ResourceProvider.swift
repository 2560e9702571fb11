import EmulatorRuntime
import HTTPTypes

/// The part of the Resource Manager that answers for one namespace.
protocol ResourceProvider: Sendable {
    /// The namespace, such as `Microsoft.Storage`.
    var namespace: String { get }

    /// The provider's resource types, as `az provider show` lists them.
    var resourceTypes: [String] { get }

    /// The methods that a path of the provider takes; nil where the answer to the call itself tells.
    func methods(for path: ManagementPath) -> [HTTPRequest.Method]?

    /// Answers a call.
    func respond(to call: ManagementCall) throws -> EmulatedResponse

    /// The regions in which its resources can be made, by their names for machines.
    func locations(in state: CloudState) -> [String]

    /// The provider's resources in a state, for lists over all providers.
    func resources(in state: CloudState) -> [ListedResource]
}

extension ResourceProvider {
    func methods(for path: ManagementPath) -> [HTTPRequest.Method]? { nil }

    func locations(in state: CloudState) -> [String] { RegionName.all }
}
