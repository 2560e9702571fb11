import EmulatorRuntime
import Foundation
import HTTPTypes

extension KeptResourceProvider {
    /// The kinds of Microsoft.App: environments, which do nothing, and jobs, whose executions run.
    ///
    /// Source: the required properties of the specification of Microsoft.App, 2025-07-01.
    static let containerApps = [
        ResourceKind(type: "managedEnvironments", hasIdentity: true, naming: Self.containerAppName) {
            resource,
            context throws(ManagementError) in
            try Self.checkRegion(of: resource, context)
            resource.computed = [
                "provisioningState": "Succeeded",
                "defaultDomain": .string("\(resource.name).\(resource.location ?? "").azurecontainerapps.localhost"),
            ]
        },
        ResourceKind(type: "jobs", hasIdentity: true, required: ["environmentId"], naming: Self.containerAppName) {
            resource,
            context throws(ManagementError) in
            try Self.checkRegion(of: resource, context)
            let id = resource.properties.member("environmentId")?.string ?? ""
            guard context.state.resources[Scope(id)]?.type == "Microsoft.App/managedEnvironments" else {
                throw .linkedResourceMissing(id)
            }
            Self.keepSecrets(of: &resource, context)
            let definition = try JobDefinition(resource.properties)
            for container in definition.initContainers + definition.containers
            where context.state.world.images[container.image] == nil {
                throw .badContainer(
                    container.name,
                    "image",
                    "cannot be pulled: '\(container.image)' is not in the registry (MANIFEST_UNKNOWN)"
                )
            }
            resource.computed = ["provisioningState": "Succeeded", "runningStatus": "Ready", "outboundIpAddresses": []]
        },
    ]

    /// Source: "Naming rules and restrictions for Azure resources", Microsoft.App.
    private static let containerAppName: (pattern: @Sendable (String) -> Bool, words: String) = (
        { $0.wholeMatch(of: /[a-z][a-z0-9-]{0,30}[a-z0-9]/) != nil && !$0.contains("--") },
        "it takes 2 to 32 lower-case letters, digits and single hyphens, a letter first, a letter or digit last"
    )

    private static func checkRegion(
        of resource: KeptResource,
        _ context: ResourceKind.Context
    ) throws(ManagementError) {
        let regions = context.state.world.rules.containerAppsRegions
        guard let region = resource.location, let regions, !regions.contains(region) else { return }
        throw ManagementError(
            status: .badRequest,
            code: "LocationNotAvailableForResourceType",
            message: "The provided location '\(region)' is not available for resource type '\(resource.type)'. List of "
                + "available regions for the resource type is '\(regions.joined(separator: ","))'."
        )
    }

    /// Puts the values of secrets apart, which are never shown; one that is sent without a value keeps the one it had.
    private static func keepSecrets(of resource: inout KeptResource, _ context: ResourceKind.Context) {
        let old = resource.secrets.member("values") ?? [:]
        var values: JSON = [:]
        var configuration = resource.properties.member("configuration") ?? [:]
        let sent = configuration.member("secrets")?.array ?? []
        for secret in sent {
            guard let name = secret.member("name")?.string else { continue }
            values[name] = secret.member("value") ?? old[name] ?? ""
        }
        if !sent.isEmpty {
            configuration["secrets"] = .array(
                sent.compactMap { $0.member("name") }.map { ["name": $0] }
            )
            resource.properties["configuration"] = configuration
        }
        resource.secrets = [
            "identityHeader": resource.secrets.member("identityHeader") ?? .string(context.identifier()),
            "values": values,
        ]
    }
}
