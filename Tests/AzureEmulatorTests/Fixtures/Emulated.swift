import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// An emulator without sockets, on a clock that a test moves.
struct Emulated {
    let clock: ManualEmulatorClock
    let parts: EmulatorParts
    let service: @Sendable (HostKind) -> any EmulatedService
    let world: World
    /// What Azure does by itself; here it goes on whenever the Resource Manager is called.
    let work: BackgroundWork

    static let endpoints = Endpoints(
        resourceManager: "https://127.0.0.1:1001",
        authority: "https://127.0.0.1:1002",
        blob: "https://127.0.0.1:1003",
        blobHTTP: "http://127.0.0.1:1004",
        identity: "http://127.0.0.1:1005",
        admin: "http://127.0.0.1:1006"
    )

    /// One key for all tests: making one for each would take most of their time.
    private static let key = SigningKey(directory: nil)

    init(
        _ world: World = .builtIn,
        clock: ManualEmulatorClock = ManualEmulatorClock(),
        state: String? = nil,
        faults: [FaultRule] = []
    ) throws {
        self.clock = clock
        self.world = world
        let sources = EmulatorSources(
            clock: clock,
            identifiers: CountedIdentifiers(),
            pause: { _ in },
            temporaryDirectory: FileManager.default.temporaryDirectory
        )
        self.parts = try EmulatorParts(
            world: world,
            options: EmulatorOptions(stateDirectory: state, faults: faults, sources: sources),
            key: Self.key
        )
        self.service = self.parts.services(endpoints: Self.endpoints)
        self.work = self.parts.work(endpoints: Self.endpoints, services: self.service)
    }

    /// The caller of the built-in world that may back up.
    var runner: Principal {
        get throws {
            let identity = try #require(self.world.userAssignedIdentities.first)
            return Principal(
                objectID: identity.principalID,
                clientID: identity.clientID,
                tenantID: self.world.tenantID
            )
        }
    }

    func token(
        for principal: Principal? = nil,
        audience: String = "https://127.0.0.1:1001/",
        lifetime: Int = 3600
    ) throws -> String {
        let issuer = TokenIssuer(key: self.parts.key, identifiers: CountedIdentifiers())
        return try issuer.token(
            for: try principal ?? self.runner,
            audience: audience,
            now: self.clock.now,
            lifetime: lifetime
        ).text
    }

    /// Calls the Resource Manager.
    func manage(
        _ method: HTTPRequest.Method = .get,
        _ path: String,
        query: String = "api-version=2024-05-01",
        body: JSON? = nil,
        headers: HTTPFields = [:],
        as principal: Principal? = nil
    ) async throws -> Answer {
        _ = try await self.work.advance()
        var headers = headers
        headers[.authorization] = "Bearer \(try self.token(for: principal))"
        let request = EmulatedRequest(
            method: method,
            rawPath: path,
            rawQuery: query,
            headers: headers,
            body: body?.data ?? Data(),
            origin: Self.endpoints.resourceManager
        )
        return try Answer(await self.service(.resourceManager).respond(to: request))
    }

    /// The path of an instance of the built-in resource group.
    func instancePath(_ name: String) throws -> String {
        try #require(self.world.instances.first { $0.name == name }).id.path
    }

    /// Starts a backup of `contoso-apim`.
    func backUp(
        _ name: String = "contoso-apim",
        with changes: [String: JSON] = [:],
        action: String = "backup"
    ) async throws -> Answer {
        var body: JSON = [
            "storageAccount": "contosobackups", "containerName": "apim-backups", "backupName": "night.apimbackup",
            "accessType": "SystemAssignedManagedIdentity",
        ]
        for (name, value) in changes { body[name] = value }
        return try await self.manage(.post, "\(self.instancePath(name))/\(action)", body: body)
    }

    /// Follows a `Location` of this emulator.
    func follow(_ answer: Answer) async throws -> Answer {
        let location = try #require(answer.response.headers[.location])
        let rest = try #require(location.split(separator: Self.endpoints.resourceManager).last)
        let target = try #require(RequestTarget(String(rest)))
        return try await self.manage(.get, target.path, query: target.query)
    }
}
