/// Azure's own roles, as far as backups have to do with them.
///
/// Source: "Azure built-in roles"; the API Management ones by the older text of that page.
enum BuiltInRoles {
    static let owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
    static let contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c"
    static let reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
    static let userAccessAdministrator = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
    static let apiManagementOperator = "e022efe7-f5ba-4159-bbe4-b44f577e9b61"
    static let apiManagementContributor = "312a565d-c81f-4fd8-895a-4e21e48d571c"
    static let apiManagementReader = "71522526-b88f-4d52-b57f-d31fc3546d0d"
    static let blobDataReader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
    static let blobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"
    static let blobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"
    static let storageAccountContributor = "17d1049b-9a84-46fb-8f53-869881c3d3ab"
    static let storageKeyOperator = "81a9662b-bebf-436f-a333-f67b29880f12"
    static let managedIdentityOperator = "f1a07417-d97a-45cb-824c-7a7467783830"
    static let logicAppContributor = "87a39d53-fc1b-424a-814c-f7e04687dc9e"
    static let logicAppOperator = "515c2055-d9d4-4321-b1b9-bd0c9a0f79fe"

    static let all: [RoleDefinition] = Self.general + Self.apiManagement + Self.storage + Self.logic

    private static let common = [
        "Microsoft.Authorization/*/read", "Microsoft.Insights/alertRules/*",
        "Microsoft.ResourceHealth/availabilityStatuses/read", "Microsoft.Resources/deployments/*",
        "Microsoft.Resources/subscriptions/resourceGroups/read", "Microsoft.Support/*",
    ]

    private static let general = [
        role(owner, "Owner", "Grants full access to manage all resources, including to assign roles.", actions: ["*"]),
        role(
            contributor,
            "Contributor",
            "Grants full access to manage all resources, but not to assign roles.",
            actions: ["*"],
            notActions: [
                "Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write",
                "Microsoft.Authorization/elevateAccess/Action", "Microsoft.Blueprint/blueprintAssignments/write",
                "Microsoft.Blueprint/blueprintAssignments/delete", "Microsoft.Compute/galleries/share/action",
            ]
        ),
        role(reader, "Reader", "View all resources, but make no changes.", actions: ["*/read"]),
        role(
            userAccessAdministrator,
            "User Access Administrator",
            "Manages user access to Azure resources.",
            actions: ["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"]
        ),
        role(
            managedIdentityOperator,
            "Managed Identity Operator",
            "Reads and assigns user-assigned identities.",
            actions: [
                "Microsoft.ManagedIdentity/userAssignedIdentities/read",
                "Microsoft.ManagedIdentity/userAssignedIdentities/*/read",
                "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action",
            ] + Self.common
        ),
    ]

    private static let apiManagement = [
        role(
            apiManagementOperator,
            "API Management Service Operator Role",
            "Manages the service but not the APIs.",
            actions: [
                "Microsoft.ApiManagement/service/*/read", "Microsoft.ApiManagement/service/backup/action",
                "Microsoft.ApiManagement/service/delete", "Microsoft.ApiManagement/service/managedeployments/action",
                "Microsoft.ApiManagement/service/read", "Microsoft.ApiManagement/service/restore/action",
                "Microsoft.ApiManagement/service/updatecertificate/action",
                "Microsoft.ApiManagement/service/updatehostname/action", "Microsoft.ApiManagement/service/write",
            ] + Self.common,
            notActions: ["Microsoft.ApiManagement/service/users/keys/read"]
        ),
        role(
            apiManagementContributor,
            "API Management Service Contributor",
            "Manages the service and the APIs.",
            actions: ["Microsoft.ApiManagement/service/*"] + Self.common
        ),
        role(
            apiManagementReader,
            "API Management Service Reader Role",
            "Reads the service and the APIs.",
            actions: ["Microsoft.ApiManagement/service/*/read", "Microsoft.ApiManagement/service/read"] + Self.common,
            notActions: ["Microsoft.ApiManagement/service/users/keys/read"]
        ),
    ]

    private static let logic = [
        role(
            logicAppContributor,
            "Logic App Contributor",
            "Manages logic apps, but not access to them.",
            actions: ["Microsoft.Logic/*"] + Self.common
        ),
        role(
            logicAppOperator,
            "Logic App Operator",
            "Reads, enables and disables logic apps.",
            actions: [
                "Microsoft.Logic/*/read", "Microsoft.Logic/workflows/disable/action",
                "Microsoft.Logic/workflows/enable/action", "Microsoft.Logic/workflows/validate/action",
            ] + Self.common
        ),
    ]

    private static func role(
        _ id: String,
        _ name: String,
        _ summary: String,
        actions: [String],
        notActions: [String] = [],
        dataActions: [String] = []
    ) -> RoleDefinition {
        RoleDefinition(
            id: id,
            name: name,
            summary: summary,
            isBuiltIn: true,
            actions: actions,
            notActions: notActions,
            dataActions: dataActions
        )
    }

    private static let containers = "Microsoft.Storage/storageAccounts/blobServices/containers"

    private static let storage = [
        role(
            blobDataReader,
            "Storage Blob Data Reader",
            "Reads and lists containers and blobs.",
            actions: [
                "\(containers)/read",
                "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
            ],
            dataActions: ["\(containers)/blobs/read"]
        ),
        role(
            blobDataContributor,
            "Storage Blob Data Contributor",
            "Reads, writes and deletes containers and blobs.",
            actions: [
                "\(containers)/delete", "\(containers)/read", "\(containers)/write",
                "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
            ],
            dataActions: [
                "\(containers)/blobs/delete", "\(containers)/blobs/read", "\(containers)/blobs/write",
                "\(containers)/blobs/move/action", "\(containers)/blobs/add/action",
            ]
        ),
        role(
            blobDataOwner,
            "Storage Blob Data Owner",
            "Has full access to containers and blobs.",
            actions: [
                "\(containers)/*", "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
            ],
            dataActions: ["\(containers)/blobs/*"]
        ),
        role(
            storageAccountContributor,
            "Storage Account Contributor",
            "Manages storage accounts, keys included.",
            actions: [
                "Microsoft.Authorization/*/read", "Microsoft.Insights/alertRules/*",
                "Microsoft.Insights/diagnosticSettings/*",
                "Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action",
                "Microsoft.ResourceHealth/availabilityStatuses/read", "Microsoft.Resources/deployments/*",
                "Microsoft.Resources/subscriptions/resourceGroups/read", "Microsoft.Storage/storageAccounts/*",
                "Microsoft.Support/*",
            ]
        ),
        role(
            storageKeyOperator,
            "Storage Account Key Operator Service Role",
            "Lists and renews the accounts' keys.",
            actions: [
                "Microsoft.Storage/storageAccounts/listkeys/action",
                "Microsoft.Storage/storageAccounts/regeneratekey/action",
            ]
        ),
    ]
}
