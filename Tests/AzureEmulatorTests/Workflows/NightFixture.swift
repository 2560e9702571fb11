import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// The template in deploy/, deployed as its users do, in a world where time passes as a test likes.
struct NightFixture {
    let workflow: WorkflowFixture
    static let instance = World.builtIn.instances[0].id.path

    /// Deploys the template.
    ///
    /// - Parameters:
    ///   - parameters: Inputs beside the two that are required.
    ///   - faults: Calls that fail.
    ///   - edit: What is done to the template before.
    ///   - change: What is done to the world.
    /// - Throws: What a file that cannot be read throws.
    init(
        _ parameters: JSON = [:],
        faults: [FaultRule] = [],
        edit: (inout String) -> Void = { _ in },
        _ change: (inout World) -> Void = { _ in }
    ) async throws {
        self.workflow = try WorkflowFixture("logic-apim-backup-contoso-apim", faults: faults, change)
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../deploy/azuredeploy.json").standardized
        var text = try String(contentsOf: file, encoding: .utf8)
        edit(&text)
        var sent: JSON = [
            "apim_name": ["value": "contoso-apim"], "backup_storage_account_name": ["value": "contosobackups"],
            "backups_container": ["value": "nights"],
        ]
        for member in parameters.object ?? [] { sent[member.name] = ["value": member.value] }
        let answer = try await self.workflow.deployments.deploy(
            try JSONParser.parse(Data(text.utf8)).value,
            parameters: sent
        )
        #expect(answer.member(at: "properties", "provisioningState") == "Succeeded", "\(answer.text)")
    }

    var emulated: Emulated { self.workflow.emulated }

    /// The nights that were: the day, the status and the code of each run, the oldest first.
    func nights() async throws -> [String] {
        try await self.workflow.runs().reversed().map { run in
            let day = run.member(at: "trigger", "scheduledTime")?.string?.prefix(16) ?? "now"
            return [String(day), run["status"]?.string ?? "", run["code"]?.string ?? ""].filter { !$0.isEmpty }
                .joined(separator: " ")
        }
    }

    func lastRun() async throws -> JSON { try #require(try await self.workflow.runs().first) }

    /// The names in the container of backups, and nothing of what lies in them.
    func backups() async throws -> [String] {
        let token = try self.emulated.token(audience: "https://storage.azure.com/")
        let request = EmulatedRequest(
            method: .get,
            rawPath: "/contosobackups/nights",
            rawQuery: "restype=container&comp=list",
            headers: try #require(Self.headers(token)),
            origin: Emulated.endpoints.blob
        )
        let response = await self.emulated.service(.blob).respond(to: request)
        #expect(response.status == .ok)
        return String(decoding: response.body, as: UTF8.self).matches(of: /<Name>([^<]*)<\/Name>/).map { String($0.1) }
    }

    private static func headers(_ token: String) -> HTTPFields? {
        guard let version = HTTPField.Name("x-ms-version") else { return nil }
        return [.authorization: "Bearer \(token)", version: "2023-11-03"]
    }
}
