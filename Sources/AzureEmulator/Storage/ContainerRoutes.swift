import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes

/// Containers as the Resource Manager has them: `…/blobServices/default/containers/NAME`.
///
/// The container itself is the blob storage's; made here or there, it is the same one.
///
/// Source: "Blob Containers", Storage resource provider, API version 2023-05-01.
struct ContainerRoutes {
    let call: ManagementCall
    let account: EmulatedStorageAccount
    let containers: any ContainerStorage

    private static let type = "Microsoft.Storage/storageAccounts/blobServices/containers"
    /// The properties that a container may be given and that are nothing but remembered defaults here.
    private static let known: Set<String> = [
        "publicaccess", "metadata", "defaultencryptionscope", "denyencryptionscopeoverride",
    ]

    func response() throws -> EmulatedResponse {
        switch (self.call.path.rest.count, self.call.request.method) {
        case (5, .get): return try self.list()
        case (6, .get), (6, .head): return try self.show()
        case (6, .put), (6, .patch): return try self.write()
        case (6, .delete): return try self.remove()
        default: throw ManagementError.methodNotAllowed(self.call.request.method)
        }
    }

    private var name: String { self.call.path.rest[5].lowercased() }
    private var scope: Scope { self.account.containerScope(self.name) }

    private func require(_ action: String, at scope: Scope) throws {
        try self.call.cloud.read { state, now in
            try self.call.require("\(Self.type)/\(action)", at: scope, in: state, now: now)
        }
    }

    private func list() throws -> EmulatedResponse {
        try self.require("read", at: self.account.id)
        let size = self.call.cloud.read { state, _ in state.world.rules.pageSize }
        return self.call.page(self.containers.all(of: self.account.name).map(self.json), size: size)
    }

    private func show() throws -> EmulatedResponse {
        try self.require("read", at: self.scope)
        guard let found = self.find() else { throw Self.missing() }
        return .json(self.json(found))
    }

    private func find() -> StoredContainer? {
        self.containers.all(of: self.account.name).first { $0.name == self.name }
    }

    private static func missing() -> ManagementError {
        ManagementError(
            status: .notFound,
            code: "ContainerNotFound",
            message: "The specified container does not exist."
        )
    }

    private func write() throws -> EmulatedResponse {
        let body = try self.call.body()
        try self.require("write", at: self.scope)
        let sent = body["properties"] ?? [:]
        for member in sent.object ?? [] where !Self.known.contains(member.name.lowercased()) {
            throw ManagementError.notEmulated("the property '\(member.name)' of containers")
        }
        let access = sent.member("publicAccess")?.string ?? "None"
        guard ["none", "blob", "container"].contains(access.lowercased()) else {
            throw ManagementError.badProperty("publicAccess", "is None, Blob or Container")
        }
        guard access.lowercased() == "none" || self.account.allowBlobPublicAccess else {
            throw ManagementError(
                status: .conflict,
                code: "PublicAccessNotPermitted",
                message: "Public access is not permitted on this storage account."
            )
        }
        var metadata: [String: String] = [:]
        for member in sent.member("metadata")?.object ?? [] { metadata[member.name] = member.value.string ?? "" }
        if self.call.request.method == .patch, self.find() == nil { throw Self.missing() }
        let isNew: Bool
        do {
            isNew = try self.containers.write(
                self.name,
                of: self.account.name,
                publicAccess: access.lowercased() == "none" ? nil : access.lowercased(),
                metadata: metadata
            )
        } catch let error as StorageError {
            throw ManagementError(
                status: HTTPResponse.Status(code: error.status),
                code: error.code,
                message: error.message
            )
        }
        guard let found = self.find() else { throw Self.missing() }
        return .json(self.json(found), status: isNew ? .created : .ok)
    }

    private func remove() throws -> EmulatedResponse {
        try self.require("delete", at: self.scope)
        guard try self.containers.delete(self.name, of: self.account.name) else {
            return EmulatedResponse(status: .noContent)
        }
        try self.call.cloud.change { state, _ in (state.removal(of: self.scope), ()) }
        return EmulatedResponse(status: .ok)
    }

    private func json(_ container: StoredContainer) -> JSON {
        let access = container.publicAccess.map { $0 == "blob" ? "Blob" : "Container" } ?? "None"
        return [
            "id": .string(self.account.containerScope(container.name).path), "name": .string(container.name),
            "type": .string(Self.type), "etag": .string(container.revision.etag),
            "properties": [
                "deleted": false, "remainingRetentionDays": 0, "defaultEncryptionScope": "$account-encryption-key",
                "denyEncryptionScopeOverride": false, "publicAccess": .string(access), "leaseStatus": "Unlocked",
                "leaseState": "Available",
                "lastModifiedTime": .string(Instant.text(container.revision.lastModified)),
                "metadata": .tags(container.metadata),
                "hasImmutabilityPolicy": .bool(container.immutability?.days != nil),
                "hasLegalHold": .bool(container.immutability?.hasLegalHold ?? false),
            ],
        ]
    }
}
