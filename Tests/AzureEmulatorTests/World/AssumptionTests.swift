import ArgumentParser
import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Assumptions")
struct AssumptionTests {
    struct Choice: CustomTestStringConvertible, Sendable {
        var text: String
        var isDefault: Bool

        var testDescription: String { self.text }
    }

    static let choices = Assumption.all.flatMap { assumption in
        assumption.answers.enumerated().map { index, answer in
            Choice(text: "\(assumption.name)=\(answer.name)", isDefault: index == 0)
        }
    }

    @Test(arguments: choices)
    func `the first answer is the world as it is, and every other changes it`(_ choice: Choice) throws {
        let world = try World.builtIn.assuming([choice.text])
        #expect((world == World.builtIn) == choice.isDefault)
    }

    @Test func `of two answers to the same the later one counts`() throws {
        let world = try World.builtIn.assuming(["backup-while-busy=accepted", "backup-while-busy=conflict"])
        #expect(world == World.builtIn)
    }

    static let mistakes = [
        ("backup-while-busy", "'backup-while-busy' is not of the form NAME=ANSWER; the names are backup-while-busy, "),
        ("nothing=yes", "There is no assumption 'nothing'; there are backup-while-busy, "),
        (
            "backup-while-busy=yes",
            "The assumption 'backup-while-busy' has no answer 'yes'; its answers are conflict, other-conflict, "
                + "throttled, accepted."
        ),
    ]

    @Test(arguments: mistakes)
    func `a name or an answer that is not there is told with those that are`(_ text: String, _ beginning: String) {
        do {
            _ = try World.builtIn.assuming([text])
            Issue.record("\(text) was taken")
        } catch {
            #expect(error.message.hasPrefix(beginning), "\(error.message)")
        }
    }

    @Test func `the command line refuses them before anything starts`() throws {
        let twice = ["--assume", "existing-blob=kept", "--assume", "backup-while-busy=accepted"]
        #expect(try AzureEmulatorCommand.parse(twice).assume == ["existing-blob=kept", "backup-while-busy=accepted"])
        #expect {
            try AzureEmulatorCommand.parse(["--assume", "existing-blob=eaten"])
        } throws: { error in
            AzureEmulatorCommand.exitCode(for: error).rawValue == 64
                && AzureEmulatorCommand.fullMessage(for: error).contains("overwritten, refused, kept")
        }
    }

    @Test func `a world file assumes by name, and what it says of a rule itself wins`() throws {
        let text = """
            {"assume": {"operation-url-lifetime": "none", "backup-while-busy": "accepted"},
             "rules": {"whileBusy": "conflict"}}
            """
        let world = try World.parse(Data(text.utf8), file: "w.json")
        #expect(world.timings.operationLifetimeSeconds == 0)
        #expect(world.rules.whileBusy == .conflict)
    }

    @Test func `a mistake in a world file is told with its line`() {
        #expect {
            try World.parse(Data("{\"assume\": {\n\"existing-blob\": \"eaten\"}}".utf8), file: "w.json")
        } throws: { error in
            "\(error)"
                == "w.json:2: assume.existing-blob: The assumption 'existing-blob' has no answer 'eaten'; its answers are "
                + "overwritten, refused, kept."
        }
    }

    static let whileBusy: [(answer: String, status: Int, code: String?)] = [
        ("conflict", 409, "ServiceLocked"), ("other-conflict", 409, "PessimisticConcurrencyConflict"),
        ("throttled", 429, "TooManyRequests"), ("accepted", 202, nil),
    ]

    @Test(arguments: whileBusy)
    func `a second backup is answered as assumed`(
        _ answer: String,
        _ status: Int,
        _ code: String?
    ) async throws {
        let emulated = try Emulated(World.builtIn.assuming(["backup-while-busy=\(answer)"]))
        _ = try await emulated.backUp()
        let second = try await emulated.backUp(with: ["backupName": "second"])
        #expect(second.status == status)
        #expect(second.code == code)
    }

    static let failures: [(answer: String, status: Int, code: String?, state: String?)] = [
        ("bad-request", 400, "BackupFailed", nil), ("conflict", 409, "BackupFailed", nil),
        ("server-error", 500, "BackupFailed", nil), ("bare-bad-request", 400, nil, nil),
        ("failed-state", 200, nil, "Failed"), ("failed-status", 200, "BackupFailed", nil),
        ("none", 200, nil, "Succeeded"),
    ]

    @Test(arguments: failures)
    func `a failed backup is told as assumed`(
        _ answer: String,
        _ status: Int,
        _ code: String?,
        _ state: String?
    ) async throws {
        var world = try World.builtIn.assuming(["failed-backup-answer=\(answer)"])
        world.roleAssignments.removeAll { $0.principalID == world.instances[0].identity.systemPrincipalID }
        let emulated = try Emulated(world)
        let accepted = try await emulated.backUp()
        emulated.clock.advance(seconds: 600)
        let ended = try await emulated.follow(accepted)
        #expect(ended.status == status)
        #expect(ended.code == code)
        #expect(ended.body["properties"]?["provisioningState"]?.string == state)
        #expect(emulated.parts.store.list(account: "contosobackups", container: "apim-backups").isEmpty)
    }

    static let forgotten = [("not-found", 404), ("gone", 410), ("no-content", 204), ("forbidden", 403)]

    @Test(arguments: forgotten)
    func `a forgotten operation is answered as assumed`(_ answer: String, _ status: Int) async throws {
        let emulated = try Emulated(
            World.builtIn.assuming(["operation-url-lifetime=none", "forgotten-operation=\(answer)"])
        )
        let accepted = try await emulated.backUp()
        emulated.clock.advance(seconds: 601)
        #expect(try await emulated.follow(accepted).status == status)
        #expect(emulated.blob()?.contentLength == 614_400)
    }

    static let whileRunning: [(answer: String, bytes: Int?)] = [("absent", nil), ("empty", 0), ("partial", 307_200)]

    @Test(arguments: whileRunning)
    func `what lies there while a backup runs is as assumed`(_ answer: String, _ bytes: Int?) async throws {
        let emulated = try Emulated(World.builtIn.assuming(["blob-while-running=\(answer)"]))
        let accepted = try await emulated.backUp()
        emulated.clock.advance(seconds: 60)
        #expect(try await emulated.follow(accepted).status == 202)
        #expect(emulated.blob()?.contentLength == bytes)
        emulated.clock.advance(seconds: 600)
        #expect(try await emulated.follow(accepted).status == 200)
        #expect(emulated.blob()?.contentLength == 614_400)
    }

    static let existing: [(answer: String, status: Int, bytes: Int)] = [
        ("overwritten", 200, 614_400), ("refused", 400, 3), ("kept", 200, 3),
    ]

    @Test(arguments: existing, ["kept", "renewed"])
    func `a blob of the same name is treated as assumed`(
        _ example: (answer: String, status: Int, bytes: Int),
        _ creation: String
    ) async throws {
        let emulated = try Emulated(
            World.builtIn.assuming([
                "existing-blob=\(example.answer)", "creation-time-of-overwritten-blob=\(creation)",
            ])
        )
        try emulated.parts.store.put(
            account: "contosobackups",
            container: "apim-backups",
            blob: "night.apimbackup",
            content: Data("old".utf8)
        )
        let before = try #require(emulated.blob())
        let accepted = try await emulated.backUp()
        emulated.clock.advance(seconds: 600)
        #expect(try await emulated.follow(accepted).status == example.status)
        let after = try #require(emulated.blob())
        #expect(after.contentLength == example.bytes)
        #expect((after.createdAt > before.createdAt) == (example.answer == "overwritten" && creation == "renewed"))
    }

    static let listings: [(answer: String, status: Int, count: Int?)] = [
        ("readable", 200, 1), ("empty", 200, 0), ("forbidden", 403, nil),
    ]

    @Test(arguments: listings, [("listed", 1), ("not-listed", 0)])
    func `a caller whose only role is on one resource is answered as assumed`(
        _ listing: (answer: String, status: Int, count: Int?),
        _ subscriptions: (answer: String, count: Int)
    ) async throws {
        var world = try World.builtIn.assuming([
            "listing-for-role-on-resource=\(listing.answer)",
            "subscription-for-role-on-resource=\(subscriptions.answer)",
        ])
        let runner = world.userAssignedIdentities[0].principalID
        world.roleAssignments = [
            World.assignment(runner, BuiltInRoles.apiManagementOperator, at: world.instances[0].id)
        ]
        let emulated = try Emulated(world)
        let resources = try await emulated.manage(.get, "\(world.subscriptions[0].scope.path)/resources")
        #expect(resources.status == listing.status)
        #expect(resources.body["value"]?.array?.count == listing.count)
        let seen = try await emulated.manage(.get, "/subscriptions")
        #expect(seen.body["value"]?.array?.count == subscriptions.count)
    }

    @Test(arguments: [("of-its-own", 403), ("with-backup", 202)])
    func `the right to read an operation is as assumed`(_ answer: String, _ status: Int) async throws {
        var world = try World.builtIn.assuming(["right-to-read-operation=\(answer)"])
        let role = RoleDefinition(
            id: "99999999-9999-4999-8999-999999999999",
            name: "Starter",
            actions: ["Microsoft.ApiManagement/service/backup/action"]
        )
        world.roleDefinitions = [role]
        world.roleAssignments = [
            World.assignment(world.userAssignedIdentities[0].principalID, role.id, at: world.instances[0].id)
        ]
        let emulated = try Emulated(world)
        #expect(try await emulated.follow(emulated.backUp()).status == status)
    }

    @Test(arguments: [("refused", 400), ("accepted", 202)])
    func `a backup in the tier Isolated is answered as assumed`(_ answer: String, _ status: Int) async throws {
        var world = try World.builtIn.assuming(["isolated-tier=\(answer)"])
        world.instances[0].tier = .isolated
        #expect(try await Emulated(world).backUp().status == status)
    }

    @Test(arguments: [("updating", "Updating"), ("unchanged", "Succeeded")])
    func `the state during a backup is as assumed`(_ answer: String, _ state: String) async throws {
        let emulated = try Emulated(World.builtIn.assuming(["state-during-backup=\(answer)"]))
        _ = try await emulated.backUp()
        let service = try await emulated.manage(.get, emulated.instancePath("contoso-apim"))
        #expect(service.body["properties"]?["provisioningState"]?.string == state)
    }

    @Test(arguments: [("equal", 0), ("blobs-behind", -5), ("blobs-ahead", 5)])
    func `the blob service's clock is as assumed`(_ answer: String, _ lead: Double) throws {
        let emulated = try Emulated(World.builtIn.assuming(["clocks-of-azure=\(answer)"]))
        #expect(emulated.parts.blobClock.now.timeIntervalSince(emulated.parts.clock.now) == lead)
    }
}

extension Emulated {
    /// The blob that ``backUp(_:with:action:)`` asks for.
    fileprivate func blob() -> StoredBlob? {
        self.parts.store.blob(account: "contosobackups", container: "apim-backups", name: "night.apimbackup")
    }
}
