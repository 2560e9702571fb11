import EmulatorRuntime
import HTTPTypes

extension KeptResourceProvider {
    /// Alert rules, who is told, and where logs go; nothing is ever measured or sent.
    ///
    /// Source: the required properties of the specifications: action groups 2023-01-01, metric alerts 2018-03-01, query rules
    /// 2023-12-01, diagnostic settings 2021-05-01-preview.
    static let monitor = KeptResourceProvider(
        namespace: "Microsoft.Insights",
        kinds: [
            ResourceKind(
                type: "actionGroups",
                region: .global,
                hasIdentity: true,
                required: ["groupShortName", "enabled"]
            ) { resource, _ throws(ManagementError) in
                guard let name = resource.properties.member("groupShortName")?.string, (1...12).contains(name.count)
                else {
                    throw .badProperty("groupShortName", "has 1 to 12 characters")
                }
            },
            ResourceKind(
                type: "metricAlerts",
                region: .global,
                required: ["severity", "enabled", "scopes", "evaluationFrequency", "windowSize", "criteria"]
            ),
            ResourceKind(
                type: "scheduledQueryRules",
                hasIdentity: true,
                required: ["scopes", "criteria"]
            ),
            ResourceKind(type: "activityLogAlerts", region: .global, required: ["scopes", "condition", "actions"]),
            ResourceKind(type: "diagnosticSettings", region: .none) { resource, context throws(ManagementError) in
                let targets = [
                    "workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId",
                ]
                guard targets.contains(where: { resource.properties.member($0)?.string != nil }) else {
                    throw .badProperty("workspaceId", "or another target of the logs is needed")
                }
                guard let id = resource.properties.member("workspaceId")?.string else { return }
                guard context.state.resources[Scope(id)] != nil else { throw .linkedResourceMissing(id) }
            },
        ]
    )

    /// Log Analytics workspaces; nothing is ever in them.
    static let operationalInsights = [
        ResourceKind(type: "workspaces", hasIdentity: true) { resource, context throws(ManagementError) in
            let name = resource.name
            guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]/) != nil else {
                throw .badProperty("name", "has 4 to 63 letters, digits and hyphens")
            }
            let known = context.old?.computed.member("customerId")?.string
            resource.computed = [
                "customerId": .string(known ?? context.identifier()), "provisioningState": "Succeeded",
                "createdDate": .string(Instant.text(resource.createdAt)),
                "modifiedDate": .string(Instant.text(context.now)),
            ]
            if context.old == nil {
                resource.secrets = [
                    "primarySharedKey": .string(DerivedID.storageKey("workspace/\(context.identifier())/1")),
                    "secondarySharedKey": .string(DerivedID.storageKey("workspace/\(context.identifier())/2")),
                ]
            }
        }
    ]
}

extension ManagementError {
    /// A property with a value that the provider does not take; the words are ours.
    static func badProperty(_ name: String, _ rule: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "BadRequest",
            message: "The property '\(name)' is not valid: it \(rule).",
            isFromProvider: false
        )
    }

    /// Source: "Troubleshoot common Azure deployment errors".
    static func linkedResourceMissing(_ id: String) -> ManagementError {
        ManagementError(
            status: .notFound,
            code: "LinkedInvalidPropertyId",
            message: "Property id '\(id)' is invalid: it refers to a resource that was not found."
        )
    }
}
