import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Backup operations")
struct BackupOperationTests {
    @Test func `a backup is accepted, polled and ended in the recorded shape`() async throws {
        let emulated = try Emulated()
        let accepted = try await emulated.backUp()
        #expect(accepted.status == 202)
        #expect(accepted.response.body.isEmpty)
        #expect(accepted.header("Retry-After") == "60")
        let location = try #require(accepted.header("Location"))
        let prefix = "https://127.0.0.1:1001\(try emulated.instancePath("contoso-apim"))/operationresults/"
        #expect(location.hasPrefix(prefix))
        #expect(location.hasSuffix("?api-version=2024-05-01"))
        let id = try #require(location.dropFirst(prefix.count).split(separator: "?").first)
        let text = String(decoding: try #require(Data(base64Encoded: String(id))), as: UTF8.self)
        #expect(text.wholeMatch(of: /westeurope:contoso-apim_Backup_[0-9a-f]{8}/) != nil)

        emulated.clock.advance(seconds: 599)
        let running = try await emulated.follow(accepted)
        #expect(running.status == 202)
        #expect(running.header("Location") == location)
        #expect(running.header("Retry-After") == "60")
        let service = try await emulated.manage(.get, emulated.instancePath("contoso-apim"))
        #expect(service.body["properties"]?["provisioningState"]?.string == "Updating")
        #expect(service.body["properties"]?["targetProvisioningState"]?.string == "")

        emulated.clock.advance(seconds: 1)
        let ended = try await emulated.follow(accepted)
        #expect(ended.status == 200)
        #expect(ended.header("Location") == nil)
        #expect(ended.header("Retry-After") == nil)
        #expect(ended.body["name"]?.string == "contoso-apim")
        #expect(ended.body["properties"]?["provisioningState"]?.string == "Succeeded")
        let blob = emulated.parts.store.blob(
            account: "contosobackups",
            container: "apim-backups",
            name: "night.apimbackup"
        )
        #expect(blob?.contentLength == 614_400)
        #expect(try await emulated.follow(accepted).status == 200)
    }

    @Test func `a busy instance answers 409 to a backup, a restore and a change`() async throws {
        let emulated = try Emulated()
        _ = try await emulated.backUp()
        for action in ["backup", "restore"] {
            let answer = try await emulated.backUp(action: action)
            #expect(answer.status == 409)
            #expect(answer.code == "ServiceLocked")
            #expect(answer.body["error"]?["innerError"] == .null)
            #expect(answer.header("Retry-After") == nil)
        }
        let change = try await emulated.manage(
            .patch,
            emulated.instancePath("contoso-apim"),
            body: ["tags": ["a": "b"]]
        )
        #expect(change.code == "ServiceLocked")
        #expect(try await emulated.backUp("contoso-standby").status == 202)
    }

    @Test(arguments: ["storageAccount", "containerName", "backupName"])
    func `a body without a required field is refused`(_ field: String) async throws {
        let answer = try await Emulated().backUp(with: [field: .null])
        #expect(answer.status == 400)
        #expect(answer.code == "InvalidParameters")
    }

    @Test(arguments: ["northwind-apim", "tailwind-apim"])
    func `a tier without backups is refused`(_ name: String) async throws {
        #expect(try await Emulated().backUp(name).status == 400)
    }

    struct Failure: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var change: [String: JSON] = [:]
        var message: String
        var prepare: @Sendable (inout World) -> Void = { _ in }
    }

    static let key = World.builtIn.storageAccounts[0].keys[1]

    static let failures = [
        Failure(
            testDescription: "unknown account",
            change: ["storageAccount": "nowhere"],
            message: "The storage account 'nowhere' could not be found."
        ),
        Failure(
            testDescription: "no data role",
            message: "This request is not authorized to perform this operation using this permission."
        ) { world in world.roleAssignments.removeAll { $0.roleDefinitionID == BuiltInRoles.blobDataContributor } },
        Failure(
            testDescription: "missing container",
            change: ["containerName": "nothing"],
            message: "The specified container does not exist."
        ) { world in
            let principal = world.instances[0].identity.systemPrincipalID ?? ""
            world.roleAssignments.append(
                World.assignment(principal, BuiltInRoles.blobDataContributor, at: world.storageAccounts[0].id)
            )
        },
        Failure(
            testDescription: "firewall without trusted services",
            message: "This request is not authorized to perform this operation."
        ) { world in
            world.storageAccounts[0].firewallDefaultDeny = true
            world.storageAccounts[0].trustedServicesBypass = false
        },
        Failure(testDescription: "disabled account", message: "The specified account is disabled.") { world in
            world.storageAccounts[0].isDisabled = true
        },
        Failure(
            testDescription: "wrong key",
            change: ["accessType": "AccessKey", "accessKey": "AAAA"],
            message: "Server failed to authenticate the request."
        ),
        Failure(
            testDescription: "keys disabled",
            change: ["accessType": "AccessKey", "accessKey": .string(key)],
            message: "Key based authentication is not permitted on this storage account."
        ) { world in world.storageAccounts[0].allowSharedKeyAccess = false },
        Failure(testDescription: "the world says so", message: "No.") { world in
            world.instances[0].behaviour.backupFailure = ServiceFailure(code: "BackupFailed", message: "No.")
        },
        Failure(
            testDescription: "the container's role does not count",
            message: "This request is not authorized to perform this operation using this permission."
        ) { world in world.rules.containerScopeCounts = false },
    ]

    @Test(arguments: failures)
    func `a backup that storage refuses fails while it is polled, and leaves no blob`(_ failure: Failure) async throws {
        var world = World.builtIn
        failure.prepare(&world)
        let emulated = try Emulated(world)
        let accepted = try await emulated.backUp(with: failure.change)
        #expect(accepted.status == 202)
        emulated.clock.advance(seconds: 600)
        let ended = try await emulated.follow(accepted)
        #expect(ended.status == 400)
        #expect(ended.code == "BackupFailed")
        #expect(ended.message == failure.message)
        #expect(emulated.parts.store.list(account: "contosobackups", container: "apim-backups").isEmpty)
    }

    @Test func `the trusted services let the system identity through a firewall, and a key not`() async throws {
        var world = World.builtIn
        world.storageAccounts[0].firewallDefaultDeny = true
        let emulated = try Emulated(world)
        let (first, second) = (
            try await emulated.backUp(),
            try await emulated.backUp(
                "contoso-standby",
                with: ["accessType": "AccessKey", "accessKey": .string(Self.key)]
            )
        )
        emulated.clock.advance(seconds: 600)
        #expect(try await emulated.follow(first).status == 200)
        #expect(try await emulated.follow(second).status == 400)
    }

    @Test func `a user-assigned identity works by its client id, once it is attached and has the role`() async throws {
        var world = World.builtIn
        let identity = world.userAssignedIdentities[0]
        let change: [String: JSON] = [
            "accessType": "UserAssignedManagedIdentity", "clientId": .string(identity.clientID),
        ]
        #expect(try await Emulated(world).backUp(with: change).code == "InvalidParameters")
        world.instances[0].identity.userAssigned = [identity.id]
        let emulated = try Emulated(world)
        let accepted = try await emulated.backUp(with: change)
        emulated.clock.advance(seconds: 600)
        #expect(try await emulated.follow(accepted).status == 200)
    }

    @Test func `a rule for PATCH across origins breaks the access by key, at once`() async throws {
        var world = World.builtIn
        world.storageAccounts[0].corsMethods = ["GET", "PATCH"]
        let answer = try await Emulated(world).backUp(
            with: ["accessType": "AccessKey", "accessKey": .string(Self.key)])
        #expect(answer.status == 400)
        #expect(answer.message?.contains("Requested value 'GET,PATCH' was not found.") == true)
    }

    @Test func `a caller that may start but not read the operation is refused the poll`() async throws {
        var world = World.builtIn
        let role = RoleDefinition(
            id: "99999999-9999-4999-8999-999999999999",
            name: "Starter",
            actions: ["Microsoft.ApiManagement/service/backup/action"]
        )
        world.roleDefinitions = [role]
        world.roleAssignments.removeAll { $0.roleDefinitionID == BuiltInRoles.apiManagementOperator }
        let runner = world.userAssignedIdentities[0].principalID
        world.roleAssignments.append(World.assignment(runner, role.id, at: world.instances[0].id))
        let emulated = try Emulated(world)
        let accepted = try await emulated.backUp()
        #expect(accepted.status == 202)
        let poll = try await emulated.follow(accepted)
        #expect(poll.status == 403)
        #expect(poll.message?.contains("Microsoft.ApiManagement/service/operationresults/read") == true)
    }

    @Test(arguments: [("2019-12-01", false), ("2021-04-01-preview", true), ("2021-08-01", true)])
    func `an identity is taken from the version on that knows it, and a key in every one`(
        _ version: String,
        _ knowsIdentities: Bool
    ) async throws {
        let emulated = try Emulated()
        let path = try "\(emulated.instancePath("contoso-apim"))/backup"
        let query = "api-version=\(version)"
        var body: JSON = [
            "storageAccount": "contosobackups", "containerName": "apim-backups", "backupName": "night.apimbackup",
            "accessType": "SystemAssignedManagedIdentity",
        ]
        let byIdentity = try await emulated.manage(.post, path, query: query, body: body)
        #expect(byIdentity.status == (knowsIdentities ? 202 : 400))
        #expect(byIdentity.code == (knowsIdentities ? nil : "InvalidParameters"))
        emulated.clock.advance(seconds: 600)
        body["accessType"] = nil
        body["accessKey"] = .string(Self.key)
        #expect(try await emulated.manage(.post, path, query: query, body: body).status == 202)
    }

    @Test func `a backup does not write over a blob that its container protects`() async throws {
        var world = World.builtIn
        world.storageAccounts[0].containers = [
            EmulatedContainer(name: "apim-backups", immutability: ContainerImmutability(days: 30))
        ]
        let emulated = try Emulated(world)
        for status in [200, 400] {
            let accepted = try await emulated.backUp()
            emulated.clock.advance(seconds: 600)
            #expect(try await emulated.follow(accepted).status == status)
        }
    }

    @Test(arguments: [1, 60])
    func `an ended operation is forgotten after its lifetime, which a time scale shortens`(_ scale: Int) async throws {
        let emulated = try Emulated(clock: ManualEmulatorClock(scale: scale))
        let accepted = try await emulated.backUp()
        emulated.clock.advance(seconds: Double((600 + 86_400) / scale))
        #expect(try await emulated.follow(accepted).status == 200)
        emulated.clock.advance(seconds: 1)
        #expect(try await emulated.follow(accepted).status == 404)
    }
}
