import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("What forbids a restore, through sockets", .narrow, .timeLimit(.minutes(3)))
struct RestoreRefusalTests {
    struct Refusal: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// The fields of the target, beside its name, its group and a tier of Developer.
        var target: [String: JSONValue] = [:]
        var isReader = true
        /// How many days later it is asked for.
        var days = 0
        var options: [String] = []
        var exit: Int32 = 4
        var code: String
        var remedy: String
    }

    static let all: [Refusal] = [
        Refusal(
            testDescription: "expired",
            days: 31,
            options: ["named"],
            code: "backupExpired",
            remedy: "a younger one"
        ),
        Refusal(
            testDescription: "a tier without restore",
            target: ["tier": "StandardV2"],
            code: "tierMismatch",
            remedy: "of tier Developer"
        ),
        Refusal(
            testDescription: "no identity",
            target: ["systemAssigned": false],
            isReader: false,
            code: "identityMissing",
            remedy: #"{"identity":{"type":"SystemAssigned"}}"#
        ),
        Refusal(
            testDescription: "no right to read the backup",
            isReader: false,
            code: "permissionDenied",
            remedy: "az role assignment create --assignee-object-id"
        ),
        Refusal(
            testDescription: "a newer api-version wanted",
            target: ["minApiVersion": "2024-05-01"],
            options: ["--api-version", "2022-08-01"],
            code: "apiVersionTooOld",
            remedy: "2024-05-01"
        ),
        Refusal(
            testDescription: "stopped",
            target: ["state": "Stopped"],
            code: "instanceUnusable",
            remedy: "az apim show"
        ),
        Refusal(testDescription: "busy", target: ["state": "Updating"], exit: 75, code: "busy", remedy: "--wait-busy"),
    ]

    private static func world(_ refusal: Refusal) throws -> String {
        let target: [String: JSONValue] = [
            "name": "contoso-target", "resourceGroup": "rg-apim", "tier": "Developer",
        ]
        var world: [String: JSONValue] = ["instances": [.object(target.merging(refusal.target) { $1 })]]
        if refusal.isReader {
            world["roleAssignments"] = [
                [
                    "principal": "instance:contoso-target", "role": "Storage Blob Data Reader",
                    "scope": "container:contosobackups/apim-backups",
                ]
            ]
        }
        return String(decoding: try JSONEncoder.stable().encode(JSONValue.object(world)), as: UTF8.self)
    }

    @Test(arguments: Self.all)
    func `is named with what mends it, before anything is changed`(_ refusal: Refusal) async throws {
        // Only what has expired needs a clock that can be put forward.
        let start = refusal.days > 0 ? LocalAzure.sharedStart : nil
        try await LocalAzure.with(world: Self.world(refusal), virtualStart: start, timeScale: start.map { _ in 60 }) {
            azure in
            let backup = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            if refusal.days > 0 { try await azure.advance(days: refusal.days) }
            // The newest good one is not looked for among expired ones: it is named.
            let options = refusal.options == ["named"] ? ["--backup", backup] : refusal.options
            let end = await azure.run(
                ["restore", "--from", "contoso-apim", "--to", "contoso-target", "--confirm", "contoso-target"]
                    + RestoreTests.account + ["--format", "json"] + options
            )
            #expect(end.code == refusal.exit, "\(end.everything)")
            #expect(end.errorCode == refusal.code, "\(end.everything)")
            let remedy = end.summary?["error"]?["remedy"]?.string
            #expect(remedy?.contains(refusal.remedy) == true, "\(end.everything)")
            let restores = try await RestoreTests.restores(azure)
            #expect(restores.isEmpty)
        }
    }

    @Test func `a backup that is gone, and one that nothing has proven`() async throws {
        try await LocalAzure.with { azure in
            let gone = try #require(await azure.backUp().summary?["backup"]?["name"]?.string)
            try await azure.withBlobs { blobs in
                _ = try await blobs.delete(gone, in: "apim-backups", condition: .always)
                _ = try await blobs.write(
                    Data("somebody's".utf8),
                    to: "contoso-apim-20200101T010000Z.apimbackup",
                    in: "apim-backups",
                    condition: .always,
                    contentType: "application/octet-stream"
                )
            }
            for (name, codes) in [
                (gone, ["backupMissing", "notFound"]),
                ("contoso-apim-20200101T010000Z.apimbackup", ["backupUnverified"]),
            ] {
                let end = await azure.run(
                    RestoreTests.standby + ["--backup", name, "--confirm", "contoso-standby", "--format", "json"]
                )
                #expect(end.code == 4, "\(end.everything)")
                #expect(end.summary?["outcome"]?.string == "refused", "\(end.everything)")
                #expect(codes.contains(end.errorCode ?? ""), "\(end.everything)")
            }
            let restores = try await RestoreTests.restores(azure)
            #expect(restores.isEmpty)
        }
    }

    @Test(arguments: [
        ["restore", "--from", "contoso-apim", "--to", "contoso-standby", "--backup", "nothing"],
        ["restore", "--from", "contoso-apim", "--to", "contoso-standby"],
        ["restore", "--from", "nosuch", "--to", "contoso-standby"],
        ["restore", "--from", "contoso-apim", "--to", "nosuch"],
        ["drill", "--from", "nosuch", "--to", "contoso-standby"],
        ["drill", "--from", "contoso-apim", "--to", "contoso-standby"],
    ])
    func `a name that nobody knows, or of which there is no backup, is refused`(_ command: [String]) async throws {
        try await LocalAzure.with { azure in
            let end = await azure.run(command + RestoreTests.account)
            #expect(end.code == 4, "\(end.everything)")
            #expect(end.errors.contains("What to do: "), "\(end.errors)")
        }
    }
}
