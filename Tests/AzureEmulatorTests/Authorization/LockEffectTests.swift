import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("What locks hold back")
struct LockEffectTests {
    struct Call: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var method: HTTPRequest.Method
        /// What follows the resource group's path.
        var path: String
        var body: JSON?
        /// The operation that a refusal names; nil for a call that no lock concerns.
        var operation: String?
        /// What follows the resource group's path in the target that a refusal names.
        var target = ""
        /// The status without a lock.
        var status: Int
    }

    static let instance = "/providers/Microsoft.ApiManagement/service/contoso-apim"
    static let account = "/providers/Microsoft.Storage/storageAccounts/contosobackups"
    static let assignment =
        "\(instance)/providers/Microsoft.Authorization/roleAssignments/11111111-1111-4111-8111-111111111111"
    static let backup: JSON = [
        "storageAccount": "contosobackups", "containerName": "apim-backups", "backupName": "n",
        "accessType": "SystemAssignedManagedIdentity",
    ]

    static let calls = [
        Call(testDescription: "a read", method: .get, path: instance, status: 200),
        Call(
            testDescription: "a backup",
            method: .post,
            path: "\(instance)/backup",
            body: backup,
            operation: "write",
            target: instance,
            status: 202
        ),
        Call(
            testDescription: "a restore",
            method: .post,
            path: "\(instance)/restore",
            body: backup,
            operation: "write",
            target: instance,
            status: 202
        ),
        Call(
            testDescription: "a change",
            method: .patch,
            path: instance,
            body: ["tags": [:]],
            operation: "write",
            target: instance,
            status: 200
        ),
        Call(
            testDescription: "a deletion",
            method: .delete,
            path: instance,
            operation: "delete",
            target: instance,
            status: 202
        ),
        Call(
            testDescription: "the account's keys",
            method: .post,
            path: "\(account)/listKeys",
            operation: "write",
            target: account,
            status: 200
        ),
        Call(
            testDescription: "a role for somebody",
            method: .put,
            path: assignment,
            body: [
                "properties": [
                    "roleDefinitionId": .string("/x/\(BuiltInRoles.reader)"),
                    "principalId": "22222222-2222-4222-8222-222222222222",
                ]
            ],
            operation: "write",
            target: assignment,
            status: 201
        ),
        Call(
            testDescription: "a role taken away",
            method: .delete,
            path: assignment,
            operation: "delete",
            target: assignment,
            status: 204
        ),
        Call(
            testDescription: "another lock",
            method: .put,
            path: "\(instance)/providers/Microsoft.Authorization/locks/second",
            body: ["properties": ["level": "ReadOnly"]],
            status: 201
        ),
        Call(
            testDescription: "a lock taken away",
            method: .delete,
            path: "\(instance)/providers/Microsoft.Authorization/locks/keep",
            status: 200
        ),
    ]

    /// The built-in world with an owner, and a lock on the group.
    private func emulated(_ level: ManagementLock.Level?, at scope: Scope? = nil) throws -> Emulated {
        var world = World.builtIn
        world.roleAssignments.append(
            World.assignment(world.userAssignedIdentities[0].principalID, BuiltInRoles.owner, at: Scope("/"))
        )
        if let level {
            let group = Scope(world.resourceGroups[0].scope.path + Self.instance)
            world.locks = [ManagementLock(name: "keep", scope: scope ?? group, level: level)]
        }
        return try Emulated(world)
    }

    private func send(_ call: Call, to emulated: Emulated) async throws -> Answer {
        try await emulated.manage(
            call.method,
            emulated.world.resourceGroups[0].scope.path + call.path,
            body: call.body
        )
    }

    @Test(arguments: calls, ["subscription", "group"])
    func `a lock forbids what its level says, at every scope, in Azure's words`(
        _ call: Call,
        _ place: String
    ) async throws {
        let world = World.builtIn
        let scope = place == "group" ? world.resourceGroups[0].scope : world.subscriptions[0].scope
        for level in ManagementLock.Level.allCases {
            let answer = try await self.send(call, to: self.emulated(level, at: scope))
            let isForbidden = call.operation == "delete" || (call.operation == "write" && level == .readOnly)
            guard let operation = call.operation, isForbidden else {
                // The lock of the table's last call stands elsewhere here.
                #expect(answer.status == call.status || answer.status == 204)
                continue
            }
            let target = world.resourceGroups[0].scope.path + call.target
            #expect(answer.status == 409)
            #expect(answer.code == "ScopeLocked")
            #expect(
                answer.message
                    == "The scope '\(target)' cannot perform \(operation) operation because following scope(s) are "
                    + "locked: '\(scope)'. Please remove the lock and try again."
            )
            #expect(answer.header("Retry-After") == nil)
        }
    }

    @Test(arguments: calls)
    func `without a lock, or with one on another instance, nothing is held back`(_ call: Call) async throws {
        #expect(try await self.send(call, to: self.emulated(nil)).status == call.status || call.path.hasSuffix("/keep"))
        let other = World.builtIn.instances[1].id
        let answer = try await self.send(call, to: self.emulated(.readOnly, at: other))
        #expect(answer.code != "ScopeLocked")
    }

    @Test func `a lock that is taken away holds nothing back, and blobs never cared`() async throws {
        let emulated = try self.emulated(.readOnly)
        #expect(try await emulated.backUp().code == "ScopeLocked")
        let lock = "\(try emulated.instancePath("contoso-apim"))/providers/Microsoft.Authorization/locks/keep"
        #expect(try await emulated.manage(.delete, lock).status == 200)
        let accepted = try await emulated.backUp()
        #expect(accepted.status == 202)
        #expect(
            try await emulated.manage(.put, lock, body: ["properties": ["level": "ReadOnly"]]).status == 201
        )
        emulated.clock.advance(seconds: 600)
        // A lock is no reason for a backup that is under way to fail.
        #expect(try await emulated.follow(accepted).status == 200)
    }

    @Test func `a caller without the right is told so, not of the lock`() async throws {
        let answer = try await self.emulated(.readOnly).manage(
            .delete,
            World.builtIn.instances[0].id.path,
            as: LockTests.outsider
        )
        #expect(answer.code == "AuthorizationFailed")
    }

    @Test func `a lock of the world that was taken away stays away over a restart`() async throws {
        try await withTemporaryFolder { folder in
            let world = try self.emulated(.readOnly).world
            let lock = try #require(world.locks.first).id.path
            #expect(try await Emulated(world, state: folder).manage(.delete, lock).status == 200)
            #expect(try await Emulated(world, state: folder).manage(.get, lock).status == 404)
            // The second start wrote the journal anew.
            #expect(try await Emulated(world, state: folder).manage(.get, lock).status == 404)
        }
    }
}
