import BackupDomain
import Foundation
import Testing

@Suite("schedule next")
struct ScheduleNextTests {
    static let berlin = ["schedule", "next", "--time-zone", "Europe/Berlin", "--count", "3"]

    /// A folder of zones that holds one, by today's rule of the European Union.
    static func withZones(_ body: (_ environment: [String: String]) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "Europe/Berlin")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let counts: [UInt8] = [0, 0, 0, 0, 1, 4].flatMap { [0, 0, 0, $0] }
        let block = Data("TZif2".utf8) + Data(count: 15) + counts + [0, 0, 0x0e, 0x10, 0, 0] + Data("CET\0".utf8)
        try (block + block + Data("\nCET-1CEST,M3.5.0,M10.5.0/3\n".utf8)).write(to: file)
        try await body(["TZDIR": folder.path])
    }

    @Test(arguments: [
        ("gap", "30 2 * * *", "2026-03-28T00:00:00Z"), ("fold", "*/30 * * * *", "2026-10-25T01:30:00+02:00"),
    ])
    func `shows local time, UTC and what is odd`(_ name: String, _ cron: String, _ from: String) async throws {
        try await Self.withZones { environment in
            let arguments = Self.berlin + ["--cron", cron, "--from", from]
            let table = Capture()
            #expect(await table.run(arguments, environment: environment) == 0, "\(table.errors)")
            try Golden.expect(table.output, matches: "schedule-next-\(name)")
            let json = Capture()
            #expect(await json.run(arguments + ["--format", "json"], environment: environment) == 0)
            try Golden.expect(json.output, matches: "schedule-next-\(name)-json")
        }
    }

    @Test func `begins now, by UTC, where nothing is said`() async {
        let capture = Capture()
        #expect(await capture.run(["schedule", "next", "--cron", "@daily", "--count", "1"]) == 0)
        #expect(capture.output.contains("2026-11-25T00:00:00Z"))
    }

    @Test func `shows the schedules of the settings, each once, with who goes by it`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "next-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "apim-backup.yaml")
        let settings = """
            version: 1
            storage: {account: contosobackups}
            schedule: {cron: 30 2 * * *, timeZone: Europe/Berlin}
            instances:
              - contoso-apim
              - name: adatum-apim
                schedule: {every: 6h}
              - fabrikam-apim
              - id: /subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/northwind-apim
                schedule: {cron: 0 1 * * 7, jitter: 1h}
            """
        try Data(settings.utf8).write(to: file)
        try await Self.withZones { environment in
            let arguments = [
                "schedule", "next", "--settings", file.path, "--count", "2", "--from", "2026-03-28T12:00:00Z",
            ]
            let table = Capture()
            #expect(await table.run(arguments, environment: environment) == 0, "\(table.errors)")
            try Golden.expect(table.output, matches: "schedule-next-settings")
            let json = Capture()
            #expect(await json.run(arguments + ["--format", "json"], environment: environment) == 0)
            try Golden.expect(json.output, matches: "schedule-next-settings-json")
            let one = Capture()
            let northwind = ["schedule", "next", "northwind-apim"] + arguments.dropFirst(2)
            #expect(await one.run(northwind, environment: environment) == 0)
            try Golden.expect(one.output, matches: "schedule-next-delayed")
        }
    }

    @Test func `shows the nightly schedule where the settings say nothing`() async {
        let capture = Capture()
        #expect(await capture.run(["schedule", "next", "--count", "1"]) == 0)
        #expect(capture.output.contains("2026-11-25T01:00:00Z"), "\(capture.output)")
    }

    @Test(arguments: [
        (["--cron", "61 1 * * *"], "field minute"),
        (["--cron", "@daily", "--time-zone", "Europe/Atlantis"], "no time zone"),
        (["--cron", "@daily", "--from", "tomorrow"], "--from takes"),
        (["--cron", "@daily", "--count", "0"], "1 to 1000"),
        (["--cron", "@daily", "--count", "1001"], "1 to 1000"),
        (["--time-zone", "Europe/Berlin"], "goes with --cron only"),
        (["contoso-apim", "--cron", "@daily"], "takes no instance"),
    ])
    func `names what is wrong, and exits with 64`(_ arguments: [String], _ says: String) async {
        let capture = Capture()
        #expect(await capture.run(["schedule", "next"] + arguments) == 64)
        #expect(capture.errors.contains(says), "\(capture.errors)")
        #expect(capture.output.isEmpty)
    }
}
