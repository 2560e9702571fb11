import BackupDomain
import Foundation
import Testing

@Suite("Backups that no record names", .timeLimit(.minutes(3)))
struct AdoptedBackupTests {
    static let account = ["--storage-account", "contosobackups"]

    private static func write(_ names: String..., to azure: LocalAzure) async throws {
        try await azure.withBlobs { blobs in
            for name in names {
                _ = try await blobs.write(
                    Data("backup".utf8),
                    to: name,
                    in: "apim-backups",
                    condition: .always,
                    contentType: "application/octet-stream"
                )
            }
        }
    }

    @Test func `are found again after the catalog was lost, and count once they are proven`() async throws {
        try await LocalAzure.with { azure in
            let run = await azure.backUp()
            let name = try #require(run.summary?["backup"]?["name"]?.string, "\(run.everything)")
            try await azure.withBlobs { blobs in
                let records = try await blobs.list("apim-backups-catalog", prefix: "", delimiter: nil, marker: nil)
                for blob in records.blobs {
                    _ = try await blobs.delete(blob.name, in: "apim-backups-catalog", condition: .always)
                }
            }
            for check in 1...2 {
                let verify = await azure.run(["verify", "--all", "--format", "json"] + Self.account)
                #expect(verify.code == 0, "\(verify.everything)")
                #expect(verify.document?["unattributed"]?.array?.isEmpty == true, "\(verify.everything)")
                let row = verify.document?["instances"]?.array?.first
                #expect(row?["instance"]?.string == "contoso-apim")
                #expect(row?["recoveryPoints"]?.integer == Int64(check - 1), "\(verify.everything)")
            }
            let status = await azure.run(["status", "--format", "json"] + Self.account)
            #expect(status.code == 1, "\(status.everything)")
            let verdict = status.document?.array?.first
            #expect(verdict?["verdict"]?.string == "atRisk", "\(status.everything)")
            #expect(verdict?["recoveryPoints"]?.integer == 1)
            #expect(verdict?["adoptedPoints"]?.integer == 1)
            let list = await azure.run(["list", "contoso-apim", "--format", "json"] + Self.account)
            #expect(list.document?.array?.first?["state"]?.string == "unrecorded")
            #expect(list.document?.array?.first?["instance"]?.string == "contoso-apim", "\(list.everything)")
            let show = await azure.run(["show", name] + Self.account)
            #expect(show.output.contains("counts as good"), "\(show.everything)")
            let json = await azure.run(["show", name, "--format", "json"] + Self.account)
            #expect(json.document?["adopted"] == .boolean(true), "\(json.everything)")
            let prune = await azure.run(
                ["prune", "contoso-apim", "--keep-last", "1", "--min-good", "1", "--dry-run"] + Self.account
            )
            #expect(prune.code == 0, "\(prune.everything)")
            #expect(prune.output.contains("no record of ours names it"), "\(prune.everything)")
        }
    }

    @Test func `belong to the instance that they are named after, also without any record`() async throws {
        try await LocalAzure.with { azure in
            try await Self.write("contoso-standby 2026-11-22 03:00:00", "contoso-apim_2026-11-21.bak", to: azure)
            let standby = await azure.run(["list", "contoso-standby"] + Self.account)
            #expect(standby.output.contains("contoso-standby 2026-11-22 03:00:00"), "\(standby.everything)")
            #expect(!standby.output.contains("contoso-apim_"), "\(standby.everything)")
            let apim = await azure.run(["list", "contoso-apim"] + Self.account)
            #expect(apim.output.contains("contoso-apim_2026-11-21.bak"), "\(apim.everything)")
            let verify = await azure.run(["verify", "contoso-standby"] + Self.account)
            #expect(verify.code == 0, "\(verify.everything)")
            #expect(verify.output.contains("contoso-standby 2026-11-22 03:00:00"), "\(verify.everything)")
            let unknown = await azure.run(["verify", "nobody"] + Self.account)
            #expect(unknown.code != 0)
            #expect(unknown.errors.contains("nor is one of that name to be seen in Azure"), "\(unknown.everything)")
        }
    }

    @Test func `a backup that prune deleted is not missing`() async throws {
        try await LocalAzure.with { azure in
            let names = try await RetentionTests.backUp(azure, times: 2)
            #expect(await RetentionTests.prune(azure).code == 0)
            let list = await azure.run(["list", "--format", "json"] + Self.account)
            let states = list.document?.array?.map { "\($0["backupName"]?.string ?? "") \($0["state"]?.string ?? "")" }
            #expect(states == ["\(names[1]) verified", "\(names[0]) pruned"], "\(list.everything)")
        }
    }
}
