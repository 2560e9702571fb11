import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The nights of the Logic App in deploy/")
struct NightlyBackupTests {
    @Test func `each night at one a backup is made, followed and seen`() async throws {
        let night = try await NightFixture()
        // The first night counts from the day after the deployment, so that its role holds.
        try await night.emulated.live(hours: 24 * 3)
        #expect(
            try await night.nights() == [
                "2026-11-25T01:00 Succeeded", "2026-11-26T01:00 Succeeded", "2026-11-27T01:00 Running",
            ]
        )
        try await night.emulated.live(hours: 1)
        #expect(try await night.nights().last == "2026-11-27T01:00 Succeeded")
        let backups = try await night.backups()
        #expect(backups.count == 3)
        #expect(
            backups.allSatisfy { $0.wholeMatch(of: /contoso-apim-202611\d\dT010000Z\.apimbackup/) != nil },
            "\(backups)"
        )
        let poll = try await night.workflow.action("Poll", of: night.lastRun())
        #expect((poll["repetitionCount"]?.integer ?? 0) > 10)
    }

    @Test func `the hour is that of the time zone`() async throws {
        let night = try await NightFixture([
            "time_zone": "W. Europe Standard Time", "schedule_hour": 2, "schedule_minute": 30,
        ])
        try await night.emulated.live(hours: 30)
        #expect(try await night.nights() == ["2026-11-25T01:30 Succeeded"])
    }

    struct Night: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var faults: [FaultRule] = []
        var world: @Sendable (inout World) -> Void = { _ in }
        /// How long the operation is followed.
        var limit = "PT12H"
        /// The code of the run, or the status of one that is good.
        var ends: String
        /// Part of the message of the run's error.
        var says = ""
        /// How many times a backup was posted.
        var posts = 1
    }

    private static func contoso(
        _ change: @escaping @Sendable (inout ApiManagementInstance) -> Void
    ) -> @Sendable (inout World) -> Void {
        { world in
            for index in world.instances.indices where world.instances[index].name == "contoso-apim" {
                change(&world.instances[index])
            }
        }
    }

    static let nights = [
        Night(
            testDescription: "busy for a while",
            faults: [
                FaultRule(
                    method: "POST",
                    path: "*/backup",
                    times: 3,
                    effect: FaultEffect(status: 409, code: "ServiceLocked")
                )
            ],
            ends: "Succeeded",
            posts: 4
        ),
        Night(
            testDescription: "busy for too long",
            faults: [
                FaultRule(
                    method: "POST",
                    path: "*/backup",
                    times: nil,
                    effect: FaultEffect(status: 409, code: "ServiceLocked", message: "It is busy.")
                )
            ],
            ends: "ServiceLocked",
            says: "It is busy.",
            posts: 60
        ),
        Night(
            testDescription: "the answer to the POST is lost",
            faults: [FaultRule(method: "POST", path: "*/backup", effect: FaultEffect(loseAnswer: true))],
            ends: "Succeeded"
        ),
        Night(
            testDescription: "the instance answers 503 to the POST, and did nothing",
            faults: [FaultRule(method: "POST", path: "*/backup", effect: FaultEffect(status: 503))],
            ends: "BackupMissing",
            says: "is not in nights"
        ),
        Night(
            testDescription: "polls fail for a while",
            faults: [
                FaultRule(path: "*/operationresults/*", times: 7, effect: FaultEffect(status: 502)),
                FaultRule(path: "*/operationresults/*", times: 3, effect: FaultEffect(dropConnection: true)),
            ],
            ends: "Succeeded"
        ),
        Night(
            testDescription: "the operation may not be read",
            faults: [FaultRule(path: "*/operationresults/*", times: nil, effect: FaultEffect(status: 403))],
            ends: "Succeeded"
        ),
        Night(
            testDescription: "the backup fails at its end",
            world: contoso { $0.behaviour.backupFailure = ServiceFailure(code: "StorageFailed", message: "No room.") },
            ends: "Failed"
        ),
        Night(
            testDescription: "there is no blob",
            world: contoso { $0.behaviour.succeedsWithoutBlob = true },
            ends: "BackupMissing",
            says: "is not in nights"
        ),
        Night(
            testDescription: "the backup takes longer than it is followed",
            world: contoso { $0.behaviour.backupSeconds = 60_000 },
            limit: "PT1H",
            ends: "BackupFailed",
            says: "was not seen to succeed"
        ),
    ]

    @Test(arguments: nights)
    func `a night ends as it went`(_ given: Night) async throws {
        let limit = given.limit
        let night = try await NightFixture(
            faults: given.faults,
            edit: { $0 = $0.replacing("PT12H", with: limit) },
            given.world
        )
        try await night.emulated.live(hours: 24 + 20)
        let run = try await night.lastRun()
        let isGood = given.ends == "Succeeded"
        #expect(run["status"]?.string == (isGood ? "Succeeded" : "Failed"), "\(run.text)")
        if !isGood, given.ends != "Failed" { #expect(run["code"]?.string == given.ends, "\(run.text)") }
        let message = run.member(at: "error", "message")?.string ?? ""
        #expect(given.says.isEmpty || message.contains(given.says), "\(message)")
        let calls = night.emulated.parts.ledger.calls
        #expect(calls.count { $0.method == "POST" && $0.path.contains("/backup?") } == given.posts)
        if isGood { #expect(try await night.backups().count == 1) }
    }

    @Test func `without its role a night fails with Azure's reason`() async throws {
        let night = try await NightFixture()
        let roles = "\(NightFixture.instance)/providers/Microsoft.Authorization/roleAssignments"
        let all = try await night.workflow.deployments.get(roles)
        for assignment in all.body["value"]?.array ?? []
        where assignment.member(at: "properties", "scope")?.string == NightFixture.instance {
            let id = try #require(assignment["id"]?.string)
            _ = try await night.emulated.manage(.delete, id, as: DeploymentFixture.owner)
        }
        try await night.emulated.live(hours: 26)
        let run = try await night.lastRun()
        #expect(run["status"] == "Failed")
        #expect(run["code"] == "AuthorizationFailed", "\(run.text)")
        #expect(run.member(at: "error", "message")?.string?.contains("backup/action") == true)
    }

    @Test(
        arguments: [
            (#"backupName\":\"', outputs('Backup_name')"#, #"backupName\":\"', concat('other', '')"#, "BackupMissing"),
            ("/backup?api-version=", "/backups?api-version=", "InvalidResourceType"),
            ("https://storage.azure.com/", "https://management.azure.com/", "BackupFailed"),
            (#""method": "POST""#, #""method": "PUT""#, "MethodNotAllowed"),
        ]
    )
    func `a fault in the template is a failed night`(_ old: String, _ new: String, _ code: String) async throws {
        let night = try await NightFixture(edit: { text in
            #expect(text.contains(old))
            text = text.replacing(old, with: new)
        })
        try await night.emulated.live(hours: 24 + 20)
        let run = try await night.lastRun()
        #expect(run["status"] == "Failed")
        #expect(run["code"]?.string == code, "\(run.text)")
    }

    @Test func `expired backups go after a good night, while newer good ones remain`() async throws {
        let night = try await NightFixture(["delete_expired_backups": true, "min_good": 3])
        try await night.emulated.live(hours: 24 * 34)
        let nights = try await night.nights()
        #expect(nights.count == 34)
        #expect(nights.dropLast().allSatisfy { $0.hasSuffix("Succeeded") }, "\(nights)")
        let backups = try await night.backups()
        // Thirty days back from the last good night; older ones are gone, and nothing else.
        #expect(!backups.contains { $0.contains("20261125") || $0.contains("20261126") }, "\(backups)")
        #expect((30...31).contains(backups.count), "\(backups.count)")
    }

    @Test func `nothing goes where nights have failed, or too few good ones remain`() async throws {
        let rule = FaultRule(
            method: "POST",
            path: "*/backup",
            skip: 2,
            times: nil,
            effect: FaultEffect(status: 400, code: "InvalidParameters")
        )
        let failing = try await NightFixture(["delete_expired_backups": true, "min_good": 1], faults: [rule])
        try await failing.emulated.live(hours: 24 * 40)
        #expect(try await failing.backups().count == 2)
        let sparing = try await NightFixture(["delete_expired_backups": true, "min_good": 40])
        try await sparing.emulated.live(hours: 24 * 33 + 2)
        #expect(try await sparing.backups().count == 33)
    }
}
