import BackupDomain
import Foundation
import Testing

@Suite("What an account keeps, protects and refuses, through sockets", .timeLimit(.minutes(2)))
struct ProtectedAccountTests {
    static let prune = [
        "prune", "contoso-apim", "--keep-last", "1", "--min-good", "1", "--storage-account", "contosobackups",
    ]

    @Test func `what is pruned can be brought back where the account keeps deleted blobs`() async throws {
        try await LocalAzure.with(world: DeletionTests.account(#""softDeleteDays": 365,"#)) { azure in
            let names = try await RetentionTests.backUp(azure, times: 2)
            let plan = await azure.run(Self.prune + ["--dry-run"])
            #expect(plan.errors.contains("keeps the bytes of deleted blobs for 365 days"), "\(plan.everything)")
            let prune = await RetentionTests.prune(azure)
            #expect(prune.code == 0, "\(prune.everything)")
            #expect(DeletionTests.results(prune).first?["permanent"] == .boolean(false))
            #expect(prune.document?["softDeleteDays"]?.integer == 365)
            #expect(await RetentionTests.left(azure) == [names[1]])
            let show = await azure.run("show", names[0], "--storage-account", "contosobackups")
            #expect(show.output.contains("no rule keeps it"), "\(show.everything)")
        }
    }

    @Test func `versions are told of also where deleted blobs are kept too`() async throws {
        let world = DeletionTests.account(#""versioning": true, "softDeleteDays": 7,"#)
        try await LocalAzure.with(world: world) { azure in
            _ = try await RetentionTests.backUp(azure, times: 2)
            let prune = await azure.run(Self.prune)
            #expect(prune.errors.contains("The account keeps versions"), "\(prune.everything)")
        }
    }

    @Test func `an account that is disabled is named as such`() async throws {
        try await LocalAzure.with(world: DeletionTests.account(#""disabled": true,"#)) { azure in
            let run = await azure.backUp()
            #expect(run.code == 1, "\(run.everything)")
            let list = await azure.run("list", "--storage-account", "contosobackups")
            #expect(list.code == 4, "\(list.everything)")
            #expect(list.errors.contains("The storage account contosobackups is disabled."), "\(list.everything)")
            #expect(list.errors.contains("AccountIsDisabled"))
        }
    }

    @Test func `a record that is refused once the backup is made is told of once, and goes elsewhere soon`()
        async throws
    {
        let fault = """
            [{"host": "blob", "method": "PUT", "path": "*/runs/*", "skip": 2, "always": true,
              "status": 403, "code": "AuthorizationPermissionMismatch"}]
            """
        try await LocalAzure.with(faults: fault, virtualStart: LocalAzure.sharedStart) { azure in
            let run = await azure.run("run", "contoso-apim", "--storage-account", "contosobackups")
            #expect(run.code == 0, "\(run.everything)")
            #expect(run.output.contains("verified"))
            let told = run.errors.components(separatedBy: "The record cannot go into the catalog container").count - 1
            #expect(told == 1, "\(run.everything)")
            #expect(run.errors.contains("its record is tried again for 10 s"), "\(run.everything)")
        }
    }

    @Test func `a container that is being deleted is told with how long to wait`() async throws {
        let world = """
            {"timings": {"containerDeletionSeconds": 604800},
             "roleAssignments": [{"principal": "apim-backup-runner", "role": "Storage Blob Data Owner",
                                  "scope": "storageAccount:contosobackups"}]}
            """
        try await LocalAzure.with(world: world) { azure in
            #expect(await azure.backUp().code == 0)
            try await azure.deleteContainer("apim-backups-catalog")
            let run = await azure.backUp()
            #expect(run.code != 0, "\(run.everything)")
            #expect(run.everything.contains("apim-backups-catalog of contosobackups is being deleted"))
            #expect(run.everything.contains("half a minute"), "\(run.everything)")
        }
    }
}
