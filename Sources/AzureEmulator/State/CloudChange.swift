import Foundation

/// One change of the cloud's state; the journal is a list of them, and of two changes of one thing the later wins.
enum CloudChange: Sendable, Equatable, Codable {
    /// The world was put in place; what it says about contents is not done again.
    case founded
    case instance(ApiManagementInstance)
    /// Something that lies in an instance was written; nil where it was taken away.
    case content(Scope, at: [ContentStep], ContentNode?)
    /// An instance was deleted, and can be recovered for a while.
    case instanceDeleted(DeletedInstance)
    /// A deleted instance is back.
    case instanceRecovered(ApiManagementInstance)
    /// An instance is gone for good.
    case instancePurged(Scope)
    case operation(ServiceOperation)
    case roleAssignment(RoleAssignment)
    case roleAssignmentRemoved(Scope)
    case operationForgotten(String)
    case lock(ManagementLock)
    case lockRemoved(Scope)
    case resourceGroup(ResourceGroup)
    case userAssignedIdentity(UserAssignedIdentity)
    case userAssignedIdentityRemoved(Scope)
    case roleDefinition(RoleDefinition)
    /// A custom role was deleted, by its GUID.
    case roleDefinitionRemoved(String)
    case resource(KeptResource)
    case resourceRemoved(Scope)
    case result(ManagementResult)
    case deployment(DeploymentChange)
    case execution(JobExecution)
    case executionRemoved(Scope)
    /// The schedule of a job was looked at, and what was due by then was begun.
    case jobLook(Scope, Date)
    case workflow(Scope, WorkflowChange)

    /// Whether what Azure does by itself may have something to do after the change.
    var concernsBackground: Bool {
        switch self {
        case .deployment, .resource, .resourceRemoved: true
        default: false
        }
    }

    /// Whether an execution of a job may have to be run or stopped after the change.
    var concernsExecutions: Bool {
        switch self {
        case .execution, .executionRemoved, .resourceRemoved: true
        default: false
        }
    }

    /// Whether workflows may have something to do after the change.
    var concernsWorkflows: Bool {
        switch self {
        case .workflow, .resource, .resourceRemoved: true
        default: false
        }
    }
}
