/// The resource types of our templates, each with the api-version that we name.
///
/// Source: the newest stable versions of Azure's published type definitions in August 2026.
package enum ResourceTypes: String, Sendable, CaseIterable {
    /// A deployment inside a deployment.
    case deployments = "Microsoft.Resources/deployments"
    /// A container of a storage account.
    case containers = "Microsoft.Storage/storageAccounts/blobServices/containers"
    /// A storage account, which our templates only read.
    case storageAccounts = "Microsoft.Storage/storageAccounts"
    /// An instance of API Management, which our templates only read.
    case instances = "Microsoft.ApiManagement/service"
    /// A Logic App.
    case workflows = "Microsoft.Logic/workflows"
    /// A role assignment.
    case roleAssignments = "Microsoft.Authorization/roleAssignments"
    /// A role of one's own.
    case roleDefinitions = "Microsoft.Authorization/roleDefinitions"
    /// A user-assigned managed identity.
    case identities = "Microsoft.ManagedIdentity/userAssignedIdentities"
    /// A Container Apps environment.
    case environments = "Microsoft.App/managedEnvironments"
    /// A Container Apps job.
    case jobs = "Microsoft.App/jobs"
    /// A Log Analytics workspace.
    case workspaces = "Microsoft.OperationalInsights/workspaces"
    /// Where a resource's logs go.
    case diagnosticSettings = "Microsoft.Insights/diagnosticSettings"
    /// Whom an alert tells.
    case actionGroups = "Microsoft.Insights/actionGroups"
    /// An alert on a metric.
    case metricAlerts = "Microsoft.Insights/metricAlerts"
    /// An alert on a query of logs.
    case queryAlerts = "Microsoft.Insights/scheduledQueryRules"

    /// The api-version.
    package var apiVersion: String {
        switch self {
        case .deployments: "2025-04-01"
        case .containers, .storageAccounts: "2026-04-01"
        case .instances: "2024-05-01"
        case .workflows: "2019-05-01"
        case .roleAssignments, .roleDefinitions: "2022-04-01"
        case .identities: "2024-11-30"
        case .environments, .jobs: "2026-01-01"
        case .workspaces: "2026-03-01"
        case .diagnosticSettings: "2016-09-01"
        case .actionGroups: "2023-01-01"
        case .metricAlerts: "2026-01-01"
        case .queryAlerts: "2026-03-01"
        }
    }
}
