import BackupDomain
import Foundation
import Testing

@Suite("Whatever API Management does in the container", .tags(.assumption), .narrow, .timeLimit(.minutes(5)))
struct BackupBlobTests {
    /// Writes a blob under the name that the next run will choose, and gives the commands the clock that makes it choose so.
    private static func occupy(_ azure: inout LocalAzure) async throws {
        let clock = StoppedClock()
        azure.clock = clock
        try await azure.withBlobs { blobs in
            _ = try await blobs.write(
                Data("old".utf8),
                to: BackupNameTemplate.standard.name(instance: "contoso-apim", nominalAt: clock.now, attempt: 1),
                in: "apim-backups",
                condition: .always,
                contentType: "application/octet-stream"
            )
        }
    }

    @Test(arguments: Ledger.answers(to: "existing-blob"))
    func `a name that is taken is left alone`(_ existing: String) async throws {
        try await LocalAzure.with(assuming: [existing], sharesClock: false) { azure in
            var azure = azure
            try await Self.occupy(&azure)
            let run = await azure.backUp()
            try await azure.expectSafe(run)
            let name = try #require(run.summary?["backup"]?["name"]?.string, "\(run.everything)")
            #expect(name.hasSuffix("-2.apimbackup"))
            #expect(try await azure.bytes(of: name.replacing("-2.", with: ".")) == 3)
        }
    }

    @Test(
        arguments: Ledger.answers(to: "existing-blob"),
        Ledger.answers(to: "creation-time-of-overwritten-blob")
    )
    func `an earlier blob that was not seen in time is never taken for the backup`(
        _ existing: String,
        _ creation: String
    ) async throws {
        let unseen = """
            [{"host": "blob", "method": "HEAD", "path": "*.apimbackup", "status": 404, "code": "BlobNotFound"}]
            """
        try await LocalAzure.with(assuming: [existing, creation], faults: unseen, sharesClock: false) { azure in
            var azure = azure
            try await Self.occupy(&azure)
            // Times in headers have whole seconds: what is made within the same one cannot be told apart.
            try await RealClock().sleep(for: .milliseconds(1100))
            let run = await azure.backUp()
            try await azure.expectSafe(run)
            let isOverwritten = existing == "existing-blob=overwritten"
            let isRenewed = creation == "creation-time-of-overwritten-blob=renewed"
            let expected = isOverwritten && isRenewed ? "verified" : "failed"
            #expect(run.summary?["outcome"]?.string == expected, "\(run.everything)")
        }
    }

    @Test(
        arguments: Ledger.answers(to: "blob-while-running"),
        ["[]", #"[{"method": "POST", "path": "*/backup", "loseAnswer": true}]"#]
    )
    func `a blob that is still being written is no backup yet`(_ blob: String, _ faults: String) async throws {
        let world = #"{"timings": {"backupSeconds": 2400}}"#
        try await LocalAzure.with(world: world, assuming: [blob], faults: faults) { azure in
            let run = await azure.backUp()
            try await azure.expectSafe(run)
            #expect(run.summary?["outcome"]?.string == "verified", "\(run.everything)")
        }
    }

    @Test(arguments: Ledger.answers(to: "missing-container"))
    func `a missing container that may not be seen leads to no verified backup`(_ answer: String) async throws {
        let world = """
            {"storageAccounts": [{"name": "contosobackups", "resourceGroup": "rg-apim", "containers": []}],
             "keepRoleAssignments": false, "roleAssignments": [
                {"principal": "apim-backup-runner", "role": "API Management Service Operator Role",
                 "scope": "instance:contoso-apim"},
                {"principal": "instance:contoso-apim", "role": "Storage Blob Data Contributor",
                 "scope": "storageAccount:contosobackups"}]}
            """
        try await LocalAzure.with(world: world, assuming: [answer]) { azure in
            let run = await azure.backUp()
            try await azure.expectSafe(run)
            let expected = answer == "missing-container=created" ? "unverified" : "failed"
            #expect(run.summary?["outcome"]?.string == expected, "\(run.everything)")
        }
    }

    @Test(arguments: Ledger.answers(to: "clocks-of-azure"))
    func `clocks of Azure that differ spoil no backup that takes longer than that`(_ clocks: String) async throws {
        let world = #"{"timings": {"backupSeconds": 4800}}"#
        try await LocalAzure.with(world: world, assuming: [clocks]) { azure in
            let run = await azure.backUp()
            try await azure.expectSafe(run)
            #expect(run.summary?["outcome"]?.string == "verified", "\(run.everything)")
        }
    }
}
