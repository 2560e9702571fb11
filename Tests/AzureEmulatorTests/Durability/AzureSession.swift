import EmulatorRuntime
import Foundation
import NIOHTTP1

@testable import AzureEmulator

/// One life of an emulator as its clients reach it: addresses, tokens, and the calls that the tests make.
struct AzureSession: Sendable {
    /// The emulator answered, and did nothing.
    struct Refused: Error { var status: Int }

    private static let subscription = World.builtIn.subscriptions[0].id
    let client: LocalClient
    private let manager: String
    private let blobs: String
    private let admin: String
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

    private func blobURL(_ blob: String) -> String { "\(self.blobs)/apim-backups/\(blob.dropFirst("blob/".count))" }

    private func authorizationURL(_ thing: String) -> String {
        let version = thing.hasPrefix("locks") ? "2020-05-01" : "2022-04-01"
        return "\(self.manager)/subscriptions/\(Self.subscription)/providers/Microsoft.Authorization/\(thing)"
            + "?api-version=\(version)"
    }

    private static func accepted(_ reply: LocalClient.Reply) throws -> LocalClient.Reply {
        guard (200..<300).contains(reply.status) else { throw Refused(status: reply.status) }
        return reply
    }

    func blob(
        _ method: HTTPMethod,
        _ blob: String,
        _ headers: [(String, String)],
        body: String? = nil
    ) async throws -> LocalClient.Reply {
        try Self.accepted(
            await self.client.send(
                method,
                self.blobURL(blob),
                token: self.storageToken,
                headers: headers,
                body: body
            )
        )
    }

    func authorization(_ method: HTTPMethod, _ thing: String, owner: String) async throws -> LocalClient.Reply {
        let role =
            "/subscriptions/\(Self.subscription)/providers/Microsoft.Authorization/roleDefinitions/"
            + "acdd72a7-3385-48ef-bd42-f606fba81ae7"
        let body =
            thing.hasPrefix("locks")
            ? #"{"properties": {"level": "CanNotDelete"}}"#
            : #"{"properties": {"roleDefinitionId": "\#(role)", "principalId": "\#(owner)"}}"#
        return try Self.accepted(
            await self.client.send(
                method,
                self.authorizationURL(thing),
                token: self.managementToken,
                body: method == .PUT ? body : nil
            )
        )
    }

    func backUp(_ instance: String, _ name: String) async throws {
        let body =
            #"{"storageAccount": "contosobackups", "containerName": "apim-backups", "backupName": "\#(name)", "#
            + #""accessType": "SystemAssignedManagedIdentity"}"#
        let url = "\(self.manager)\(instance)/backup?api-version=2024-05-01"
        _ = try Self.accepted(await self.client.send(.POST, url, token: self.managementToken, body: body))
    }

    /// Looks at a thing as ``SteadyClient`` names it.
    func look(at thing: String) async throws -> ClientMemory.Seen {
        if thing.hasPrefix("backup/") { return try await self.lookAtBackup(String(thing.dropFirst("backup/".count))) }
        let isBlob = thing.hasPrefix("blob/")
        let reply = try await self.client.send(
            .GET,
            isBlob ? self.blobURL(thing) : self.authorizationURL(thing),
            token: isBlob ? self.storageToken : self.managementToken
        )
        if reply.status == 404 { return .absent }
        guard reply.status == 200 else { throw Refused(status: reply.status) }
        guard isBlob else { return ClientMemory.Seen(words: "present") }
        let note = reply.headers.first(name: "x-ms-meta-note") ?? ""
        let lease = reply.headers.first(name: "x-ms-lease-state") ?? ""
        return ClientMemory.Seen(
            words: "\(String(decoding: reply.body, as: UTF8.self))|\(note)|\(lease)",
            etag: reply.headers.first(name: "ETag")
        )
    }

    /// An accepted backup is in the emulator's account; once it has ended, its blob is there and stays the same.
    private func lookAtBackup(_ name: String) async throws -> ClientMemory.Seen {
        let reply = try await self.client.send(.GET, "\(self.admin)/_emulator/backups")
        let account = try JSONParser.parse(reply.body).value.array ?? []
        guard let backup = account.first(where: { $0["blob"]?.string == name }) else { return .absent }
        guard backup["outcome"]?.string == "succeeded" else { return ClientMemory.Seen(words: "accepted") }
        let blob = try await self.client.send(
            .HEAD,
            "\(self.blobs)/apim-backups/\(name)",
            token: self.storageToken
        )
        guard blob.status == 200 else { return ClientMemory.Seen(words: "ended without a blob") }
        return ClientMemory.Seen(words: "accepted", etag: blob.headers.first(name: "ETag"))
    }
}
