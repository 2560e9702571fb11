import BackupDomain
import Foundation
import TestSupport
import Testing

@testable import Provisioning

@Suite("Taking a deployment away")
struct DeploymentRemovalTests {
    private static let group = "/subscriptions/s/resourceGroups/g/providers"
    private static let container =
        "\(group)/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/backups"
    private static let assignment = "\(container)/providers/Microsoft.Authorization/roleAssignments/r"

    private static func deployment(_ resources: [String]) throws -> EarlierDeployment {
        EarlierDeployment(
            .object([
                "properties": .object([
                    "provisioningState": .string("Succeeded"),
                    "outputResources": .array(resources.map { .object(["id": .string($0)]) }),
                ])
            ])
        )
    }

    @Test func `begins with what alarms and runs, and leaves containers, accounts and instances`() throws {
        let made = [
            "\(Self.group)/Microsoft.Storage/storageAccounts/a", Self.container, Self.assignment,
            "\(Self.group)/Microsoft.ManagedIdentity/userAssignedIdentities/i", "\(Self.group)/Microsoft.App/jobs/j",
            "\(Self.group)/Microsoft.App/managedEnvironments/e", "\(Self.group)/Microsoft.ApiManagement/service/x",
            "\(Self.group)/Microsoft.Insights/scheduledQueryRules/q",
            "\(Self.group)/Microsoft.App/managedEnvironments/e/providers/Microsoft.Insights/diagnosticSettings/d",
        ]
        let removal = DeploymentRemoval(resources: ScriptedResources([]), clock: ManualClock(sleeping: .advances))
        let deployment = try Self.deployment(made)
        #expect(removal.resources(of: deployment) == [made[7], made[4], made[2], made[8], made[5], made[3]])
        #expect(removal.kept(of: deployment) == [made[6], made[0], made[1]])
    }

    @Test(arguments: [200, 204, 404])
    func `is done where a resource is gone`(_ status: Int) async throws {
        let resources = ScriptedResources([(.delete, Self.assignment, ManagementAnswer(status: status))])
        try await DeploymentRemoval(resources: resources, clock: ManualClock(sleeping: .advances)).remove(
            Self.assignment
        )
        #expect(resources.isDone)
    }

    @Test func `says whose right is missing`() async throws {
        let answer = ManagementAnswer(status: 403, code: "AuthorizationFailed", message: "no", principal: "me")
        let resources = ScriptedResources([(.delete, Self.assignment, answer)])
        let error = await #expect(throws: BackupError.self) {
            try await DeploymentRemoval(resources: resources, clock: ManualClock(sleeping: .advances)).remove(
                Self.assignment
            )
        }
        #expect(error?.code == .permissionDenied)
        #expect(error?.message.contains(Self.assignment) == true)
    }
}
