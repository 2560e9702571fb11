import EmulatorRuntime
import Foundation

extension World {
    /// A small company: five instances of different tiers, one storage account, and an identity that may back up.
    package static let builtIn: World = {
        let subscription = DerivedID.guid("subscription/contoso")
        let group = Scope.group("rg-apim", in: subscription)
        let account = EmulatedStorageAccount(
            id: group.appending("providers/Microsoft.Storage/storageAccounts/contosobackups"),
            name: "contosobackups",
            location: "westeurope",
            keys: [DerivedID.storageKey("contosobackups/1"), DerivedID.storageKey("contosobackups/2")],
            containers: ["apim-backups"]
        )
        let runner = UserAssignedIdentity(
            id: group.appending("providers/Microsoft.ManagedIdentity/userAssignedIdentities/apim-backup-runner"),
            name: "apim-backup-runner",
            location: "westeurope",
            clientID: DerivedID.guid("client/apim-backup-runner"),
            principalID: DerivedID.guid("principal/apim-backup-runner")
        )
        let application = ServicePrincipal(
            name: "apim-backup-pipeline",
            clientID: DerivedID.guid("client/apim-backup-pipeline"),
            objectID: DerivedID.guid("principal/apim-backup-pipeline"),
            secrets: [DerivedID.secret("apim-backup-pipeline")],
            federatedCredentials: [
                FederatedCredential(
                    issuer: "https://token.azure-emulator.example",
                    subject: "system:serviceaccount:apim:apim-backup"
                )
            ]
        )
        let instances = [
            Self.builtInInstance("contoso-apim", .developer, in: group),
            Self.builtInInstance("contoso-standby", .developer, in: group),
            Self.builtInInstance("fabrikam-apim", .premium, in: group),
            Self.builtInInstance("northwind-apim", .consumption, in: group),
            Self.builtInInstance("tailwind-apim", .standardV2, in: group),
        ]
        return World(
            tenantID: DerivedID.guid("tenant/contoso"),
            subscriptions: [Subscription(id: subscription, name: "Contoso Production")],
            resourceGroups: [ResourceGroup(subscriptionID: subscription, name: "rg-apim", location: "westeurope")],
            instances: instances,
            storageAccounts: [account],
            userAssignedIdentities: [runner],
            servicePrincipals: [application],
            roleAssignments: Self.builtInAssignments(
                callers: [runner.principalID, application.objectID],
                group: group,
                account: account,
                instances: instances
            ),
            machine: Machine(userAssigned: [runner.id], identityHeader: DerivedID.guid("identity-header"))
        )
    }()

    /// When everything of the built-in world was made: 2024-01-15T09:00:00Z.
    static let builtInDate = Date(timeIntervalSince1970: 1_705_309_200)

    private static func builtInInstance(_ name: String, _ tier: Tier, in group: Scope) -> ApiManagementInstance {
        let id = group.appending("providers/Microsoft.ApiManagement/service/\(name)")
        return ApiManagementInstance(
            id: id,
            name: name,
            location: "West Europe",
            tier: tier,
            capacity: tier == .consumption ? 0 : 1,
            tags: ["environment": name.hasSuffix("standby") ? "standby" : "production"],
            identity: ManagedIdentities(systemPrincipalID: DerivedID.guid("system/\(id.path.lowercased())")),
            state: "Succeeded",
            createdAt: Self.builtInDate,
            changedAt: Self.builtInDate,
            revision: 1,
            properties: [:],
            configuration: .generated(name: name),
            behaviour: InstanceBehaviour()
        )
    }

    private static func builtInAssignments(
        callers: [String],
        group: Scope,
        account: EmulatedStorageAccount,
        instances: [ApiManagementInstance]
    ) -> [RoleAssignment] {
        let ofCallers = callers.flatMap { caller in
            [
                Self.assignment(caller, BuiltInRoles.apiManagementOperator, at: group),
                Self.assignment(caller, BuiltInRoles.blobDataContributor, at: account.id),
                Self.assignment(caller, BuiltInRoles.reader, at: account.id),
            ]
        }
        let ofInstances = instances.compactMap { instance in
            instance.identity.systemPrincipalID.map {
                Self.assignment($0, BuiltInRoles.blobDataContributor, at: account.containerScope("apim-backups"))
            }
        }
        return ofCallers + ofInstances
    }

    /// An assignment whose name derives from what it says.
    static func assignment(_ principal: String, _ role: String, at scope: Scope) -> RoleAssignment {
        RoleAssignment(
            name: DerivedID.guid("assignment/\(principal)/\(role)/\(scope.path.lowercased())"),
            scope: scope,
            roleDefinitionID: role,
            principalID: principal,
            createdAt: Self.builtInDate
        )
    }
}
