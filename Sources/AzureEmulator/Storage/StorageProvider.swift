import EmulatorRuntime
import Foundation
import HTTPTypes

/// The storage resource provider: accounts and their keys.
///
/// What lies in an account is the blob storage's.
///
/// Source: "Storage Accounts", Storage resource provider, API version 2023-05-01.
struct StorageProvider: ResourceProvider {
    let namespace = "Microsoft.Storage"
    let resourceTypes = [
        "storageAccounts", "storageAccounts/blobServices", "storageAccounts/blobServices/containers",
        "storageAccounts/managementPolicies",
    ]
    let endpoints: Endpoints
    let containers: any ContainerStorage

    func resources(in state: CloudState) -> [ListedResource] {
        state.world.storageAccounts.map { account in
            ListedResource(
                id: account.id,
                name: account.name,
                type: "Microsoft.Storage/storageAccounts",
                location: account.location,
                tags: account.tags,
                sku: Self.sku(of: account),
                kind: account.kind
            )
        }
    }

    func respond(to call: ManagementCall) throws -> EmulatedResponse {
        guard call.path.part(0) == "storageaccounts" else {
            throw ManagementError.unknownType(
                call.path.rest[0],
                namespace: self.namespace,
                version: call.version
            )
        }
        switch (call.path.rest.count, call.path.part(2), call.request.method) {
        case (1, _, .get): return try self.list(call)
        case (2, _, .get), (2, _, .head):
            return try call.cloud.read { state, now in
                .json(self.json(try self.account(call, action: "read", in: state, now: now)))
            }
        case (3, "listkeys"?, .post): return try self.keys(call)
        case (4, "blobservices"?, .get) where call.path.part(3) == "default",
            (4, "managementpolicies"?, .get) where call.path.part(3) == "default":
            return try self.part(call)
        case (5...6, "blobservices"?, _) where call.path.part(3) == "default" && call.path.part(4) == "containers":
            return try self.container(call)
        case (1, _, _), (2, _, _), (3, "listkeys"?, _): throw ManagementError.methodNotAllowed(call.request.method)
        default:
            throw ManagementError.unknownType(call.path.type, namespace: self.namespace, version: call.version)
        }
    }

    private func account(
        _ call: ManagementCall,
        action: String,
        in state: CloudState,
        now: Date
    ) throws(ManagementError) -> EmulatedStorageAccount {
        guard let scope = call.path.resourceScope, let group = scope.groupName else {
            throw .unknownNamespace(self.namespace)
        }
        try call.require("Microsoft.Storage/storageAccounts/\(action)", at: scope, in: state, now: now)
        guard state.resourceGroups[call.path.scope] != nil else {
            throw .groupNotFound(group)
        }
        guard let account = state.world.storageAccounts.first(where: { $0.id == scope }) else {
            throw .resourceNotFound("Microsoft.Storage/storageAccounts", name: call.path.rest[1], group: group)
        }
        return account
    }

    private func container(_ call: ManagementCall) throws -> EmulatedResponse {
        let (state, _) = call.cloud.read { state, now in (state, now) }
        guard let scope = call.path.resourceScope,
            let account = state.world.storageAccounts.first(where: { $0.id == scope })
        else {
            throw ManagementError.resourceNotFound(
                "Microsoft.Storage/storageAccounts",
                name: call.path.rest[1],
                group: call.path.scope.groupName ?? ""
            )
        }
        return try ContainerRoutes(call: call, account: account, containers: self.containers).response()
    }

    /// The blob service of an account, or its rules of lifecycle management.
    private func part(_ call: ManagementCall) throws -> EmulatedResponse {
        let part = call.path.part(2) == "blobservices" ? "blobServices" : "managementPolicies"
        return try call.cloud.read { state, now in
            let account = try self.account(call, action: "\(part)/read", in: state, now: now)
            let settings = StorageSettingsView(account: account, containers: self.containers)
            return .json(part == "blobServices" ? settings.blobService : try settings.lifecycle())
        }
    }

    private func list(_ call: ManagementCall) throws -> EmulatedResponse {
        try call.cloud.read { state, now in
            try call.require("Microsoft.Storage/storageAccounts/read", at: call.path.scope, in: state, now: now)
            let accounts = state.world.storageAccounts.filter { call.path.scope.contains($0.id) }
            return call.page(accounts.map(self.json), size: state.world.rules.pageSize)
        }
    }

    private func keys(_ call: ManagementCall) throws -> EmulatedResponse {
        try call.cloud.read { state, now in
            let account = try self.account(call, action: "listkeys/action", in: state, now: now)
            return .json([
                "keys": .array(
                    account.keys.enumerated().map { index, key in
                        [
                            "keyName": "key\(index + 1)", "value": .string(key), "permissions": "FULL",
                            "creationTime": "2024-01-01T00:00:00.0000000Z",
                        ]
                    }
                )
            ])
        }
    }

    private static func sku(of account: EmulatedStorageAccount) -> JSON {
        ["name": .string(account.sku), "tier": account.sku.hasPrefix("Premium") ? "Premium" : "Standard"]
    }

    private func json(_ account: EmulatedStorageAccount) -> JSON {
        [
            "sku": Self.sku(of: account), "kind": .string(account.kind), "id": .string(account.id.path),
            "name": .string(account.name), "type": "Microsoft.Storage/storageAccounts",
            "location": .string(account.location), "tags": .tags(account.tags),
            "properties": [
                "provisioningState": "Succeeded", "creationTime": "2024-01-01T00:00:00.0000000Z",
                "primaryEndpoints": ["blob": "\(self.endpoints.blob)/\(account.name)/"],
                "primaryLocation": .string(account.location),
                "statusOfPrimary": account.isDisabled ? "unavailable" : "available",
                "accessTier": "Hot", "minimumTlsVersion": "TLS1_2", "supportsHttpsTrafficOnly": true,
                "allowBlobPublicAccess": .bool(account.allowBlobPublicAccess),
                "allowSharedKeyAccess": .bool(account.allowSharedKeyAccess),
                "publicNetworkAccess": account.publicNetworkAccess ? "Enabled" : "Disabled",
                "networkAcls": [
                    "bypass": account.trustedServicesBypass ? "AzureServices" : "None",
                    "ipRules": .array(
                        account.firewallAddresses.map { ["value": .string($0), "action": "Allow"] }
                    ), "virtualNetworkRules": [], "defaultAction": account.firewallDefaultDeny ? "Deny" : "Allow",
                ],
                "encryption": [
                    "services": ["blob": ["enabled": true, "keyType": "Account"]], "keySource": "Microsoft.Storage",
                ],
                "privateEndpointConnections": [],
            ],
        ]
    }
}
