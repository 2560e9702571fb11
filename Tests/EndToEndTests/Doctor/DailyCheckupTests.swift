import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Testing

@Suite("The doctor's daily look, through sockets", .timeLimit(.minutes(3)))
struct DailyCheckupTests {
    /// A world in which the machine's identity may also give and take roles, as an administrator does.
    static var world: DoctorWorld {
        var world = DoctorWorld()
        world.roles.append(.init("apim-backup-runner", "User Access Administrator", "subscription"))
        return world
    }

    /// A Friday at two in the morning, far from the daily look and from the times of a schedule of seven days.
    static let friday = Date(timeIntervalSince1970: 1_795_744_800)

    /// A local Azure whose clock runs slowly: what takes longer than it should must not bring the next look.
    static func with(_ world: DoctorWorld, _ body: @escaping @Sendable (LocalAzure) async throws -> Void) async throws {
        try await LocalAzure.with(world: try world.text, virtualStart: Self.friday, timeScale: 60, body)
    }

    static func settings(_ folder: SettingsFolder, _ receiver: NoticeReceiver, _ more: String = "") throws -> String {
        try IncidentTests.settings(
            folder,
            receiver,
            """
            schedule: {every: 7d}
            serve: {listen: "127.0.0.1:0"}
            instances: [contoso-apim]
            \(more)
            """
        )
    }

    static func finding(_ azure: LocalAzure, _ path: String) async -> [JSONValue] {
        await azure.run("status", "--settings", path, "--format", "json").document?.array?.first?["findings"]?.array
            ?? []
    }

    @Test func `a role that is taken away is told before the night, once, and when it is given back`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                let path = try Self.settings(folder, receiver)
                try await Self.with(Self.world) { azure in
                    let due = ["run", "--all", "--due", "--settings", path]
                    let first = await azure.run(due)
                    #expect(first.code == 0 && !first.errors.contains("The doctor"), "\(first.everything)")
                    let well = await azure.run("status", "--settings", path, "--format", "json").document?.array?.first
                    #expect(
                        well?["examinedAt"]?.string != nil && well?["findings"]?.array == [],
                        "\(String(describing: well))"
                    )

                    let role = try await azure.takeRole(from: "contoso-apim", on: "apim-backups")
                    // Not before the next day.
                    let early = await azure.run(due)
                    #expect(!early.errors.contains("The doctor"), "\(early.everything)")
                    try await azure.advance(days: 1)
                    let second = await azure.run(due)
                    #expect(second.code == 0, "\(second.everything)")
                    #expect(
                        second.errors.contains("The doctor, of contoso-apim: API Management's own identity"),
                        "\(second.errors)"
                    )
                    #expect(
                        second.errors.contains("Told pager: The doctor found a fault: contoso-apim"),
                        "\(second.errors)"
                    )
                    let notice = try #require(receiver.deliveries.first?.document?["data"])
                    #expect(notice["incident"]?["kind"]?.string == "degraded")
                    #expect(notice["incident"]?["cause"]?["code"]?.string == "right-to-write-backups")
                    #expect(notice["severity"]?.string == "warning")
                    #expect(
                        notice["error"]?["remedy"]?.string?.contains("az role assignment create") == true,
                        "\(notice)"
                    )
                    #expect(await Self.finding(azure, path).map { $0["check"]?.string } == ["right-to-write-backups"])
                    let table = await azure.run("status", "--settings", path)
                    #expect(
                        table.output.contains("API Management's own identity may not write blobs"),
                        "\(table.output)"
                    )
                    let again = await azure.run(due)
                    #expect(!again.errors.contains("Told"), "\(again.errors)")

                    try await azure.giveRole(role)
                    // What got worse is looked at again within four hours.
                    try await azure.advance(seconds: 14_500)
                    let third = await azure.run(due)
                    #expect(third.errors.contains("Told pager: Recovered: contoso-apim"), "\(third.errors)")
                    #expect(await Self.finding(azure, path).isEmpty)
                    #expect(receiver.deliveries.count == 2)
                }
            }
        }
    }

    @Test func `serve looks by itself, and its metrics say what it found`() async throws {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                var world = Self.world
                world.revoke("Storage Blob Data Contributor", of: "instance:contoso-apim")
                let path = try Self.settings(folder, receiver)
                try await Self.with(world) { azure in
                    try await RunningDaemon.with(azure, ["--settings", path]) { daemon in
                        let address = try await daemon.line(with: "health is answered")
                        let worse = try await daemon.line(with: "check got worse", "right-to-write-backups")
                        #expect(worse.contains("verdict=fault") && worse.contains("fix="), "\(worse)")
                        _ = try await daemon.line(with: "doctor has looked", "faults=1")
                        _ = try await daemon.line(with: "notice delivered", "The doctor found a fault")
                        let metrics = try await RunningDaemon.text("metrics", at: address)
                        #expect(metrics.contains("\napim_backup_doctor_faults{apim=\"contoso-apim\","), "\(metrics)")
                        #expect(metrics.contains("apim_backup_open_incidents{kind=\"degraded\"} 1\n"), "\(metrics)")
                        #expect(metrics.contains("\napim_backup_last_checkup_timestamp_seconds{"), "\(metrics)")
                    }
                }
            }
        }
    }

    @Test func `a check that is ignored is told to nobody, and nothing is looked at where that is left to people`()
        async throws
    {
        try await SettingsFolder.with { folder in
            try await NoticeReceiver.with { receiver in
                var world = Self.world
                world.revoke("Storage Blob Data Contributor", of: "instance:contoso-apim")
                let quiet = try Self.settings(folder, receiver, "doctor: {ignore: [right-to-write-backups]}")
                try await Self.with(world) { azure in
                    let due = await azure.run("run", "--all", "--due", "--settings", quiet)
                    #expect(!due.errors.contains("Told"), "\(due.errors)")
                    #expect(await Self.finding(azure, quiet).count == 1)
                }
                let off = try Self.settings(folder, receiver, "doctor: {daily: false}")
                try await Self.with(world) { azure in
                    let due = await azure.run("run", "--all", "--due", "--settings", off)
                    #expect(!due.errors.contains("The doctor"), "\(due.errors)")
                    #expect(await Self.finding(azure, off).isEmpty)
                }
                #expect(receiver.deliveries.isEmpty)
            }
        }
    }
}

extension LocalAzure {
    /// Takes the role away by which an instance's identity writes into a container of the built-in account.
    ///
    /// - Returns: The assignment, to give it back.
    fileprivate func takeRole(from instance: String, on container: String) async throws -> JSONValue {
        let version = "2022-04-01"
        let services = try await self.resource(
            .get,
            "/subscriptions/\(self.ready.subscriptionID)/resourceGroups/rg-apim/providers/Microsoft.ApiManagement/service",
            version: "2024-05-01"
        )
        let found = services["value"]?.array?.first { $0["name"]?.string == instance }
        let principal = try #require(found?["identity"]?["principalId"]?.string)
        let scope =
            "/subscriptions/\(self.ready.subscriptionID)/resourceGroups/rg-apim/providers/Microsoft.Storage/storageAccounts"
            + "/contosobackups/blobServices/default/containers/\(container)"
        let list = try await self.resource(
            .get,
            "\(scope)/providers/Microsoft.Authorization/roleAssignments",
            version: version
        )
        let assignment = try #require(
            list["value"]?.array?.first { $0["properties"]?["principalId"]?.string == principal },
            "\(list)"
        )
        _ = try await self.resource(.delete, try #require(assignment["id"]?.string), version: version)
        return assignment
    }

    fileprivate func giveRole(_ assignment: JSONValue) async throws {
        let properties: JSONValue = .object([
            "roleDefinitionId": assignment["properties"]?["roleDefinitionId"] ?? .null,
            "principalId": assignment["properties"]?["principalId"] ?? .null,
        ])
        _ = try await self.resource(
            .put,
            try #require(assignment["id"]?.string),
            version: "2022-04-01",
            body: String(
                decoding: try JSONEncoder.stable().encode(JSONValue.object(["properties": properties])),
                as: UTF8.self
            )
        )
    }
}
