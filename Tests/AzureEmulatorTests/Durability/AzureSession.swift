import EmulatorRuntime
import Foundation
import NIOHTTP1

@testable import AzureEmulator

/// One life of an emulator as its clients reach it: addresses, tokens, and the calls that the tests make.
struct AzureSession: Sendable {
    /// The emulator answered, and did nothing.
    struct Refused: Error { var status: Int }

    private static let subscription = World.builtIn.subscriptions[0].id
    private static let group = "/subscriptions/\(subscription)/resourceGroups/rg-apim"
    let client: LocalClient
    let admin: String
    private let manager: String
    private let blobs: String
    private let managementToken: String
    private let storageToken: String

    /// Attaches with a token for blobs of an earlier life, which must still be good, or with a new one.
    init(_ process: EmulatorProcess, _ client: LocalClient, storageToken: String? = nil) async throws {
        self.client = client
        self.manager = process.text("resourceManager")
        self.blobs = process.text("storage", "blobEndpoint")
        self.admin = process.text("admin")
        let identity = process.text("environment", "IDENTITY_ENDPOINT")
        let header = process.text("environment", "IDENTITY_HEADER")
        func token(_ resource: String) async throws -> String {
            let reply = try await client.send(
                .GET,
                "\(identity)?api-version=2019-08-01&resource=\(resource)",
                headers: [("X-IDENTITY-HEADER", header)]
            )
            return try JSONParser.parse(reply.body).value["access_token"]?.string ?? ""
        }
        self.managementToken = try await token(self.manager)
        if let storageToken {
            self.storageToken = storageToken
        } else {
            self.storageToken = try await token("https://storage.azure.com/")
        }
    }

    /// The token for blobs, for a later life.
    var keptToken: String { self.storageToken }

    /// Sends a request, and tells a refusal from an answer.
    static func accepted(_ reply: LocalClient.Reply) throws -> LocalClient.Reply {
        guard (200..<300).contains(reply.status) else { throw Refused(status: reply.status) }
        return reply
    }

    /// Calls the blob service; the path is that behind the account.
    func storage(
        _ method: HTTPMethod,
        _ path: String,
        _ headers: [(String, String)] = [],
        body: String? = nil
    ) async throws -> LocalClient.Reply {
        try await self.client.send(
            method,
            "\(self.blobs)/\(path)",
            token: self.storageToken,
            headers: headers,
            body: body
        )
    }

    func blob(
        _ method: HTTPMethod,
        _ blob: String,
        _ headers: [(String, String)] = [],
        body: String? = nil
    ) async throws -> LocalClient.Reply {
        let path = "apim-backups/\(blob.dropFirst("blob/".count))"
        return try Self.accepted(await self.storage(method, path, headers, body: body))
    }

    /// Calls the Resource Manager.
    func manage(
        _ method: HTTPMethod,
        _ path: String,
        version: String = "2024-05-01",
        body: String? = nil
    ) async throws -> LocalClient.Reply {
        try await self.client.send(
            method,
            "\(self.manager)\(path)?api-version=\(version)",
            token: self.managementToken,
            body: body
        )
    }

    /// The path of a thing of the provider of authorization, with its version.
    static func authorization(_ thing: String) -> (path: String, version: String) {
        (
            "/subscriptions/\(Self.subscription)/providers/Microsoft.Authorization/\(thing)",
            thing.hasPrefix("locks") ? "2020-05-01" : "2022-04-01"
        )
    }

    /// The path of an instance.
    static func instance(_ name: String) -> String { "\(Self.group)/providers/Microsoft.ApiManagement/service/\(name)" }

    /// The path of the list of deleted instances.
    static let deletedServices = "/subscriptions/\(subscription)/providers/Microsoft.ApiManagement/deletedservices"

    func authorization(_ method: HTTPMethod, _ thing: String, owner: String) async throws -> LocalClient.Reply {
        let role =
            "/subscriptions/\(Self.subscription)/providers/Microsoft.Authorization/roleDefinitions/"
            + "acdd72a7-3385-48ef-bd42-f606fba81ae7"
        let body =
            thing.hasPrefix("locks")
            ? #"{"properties": {"level": "CanNotDelete"}}"#
            : #"{"properties": {"roleDefinitionId": "\#(role)", "principalId": "\#(owner)"}}"#
        let (path, version) = Self.authorization(thing)
        return try Self.accepted(
            await self.manage(method, path, version: version, body: method == .PUT ? body : nil)
        )
    }

    func backUp(_ instance: String, _ name: String) async throws {
        let body =
            #"{"storageAccount": "contosobackups", "containerName": "apim-backups", "backupName": "\#(name)", "#
            + #""accessType": "SystemAssignedManagedIdentity"}"#
        _ = try Self.accepted(await self.manage(.POST, "\(instance)/backup", body: body))
    }
}
