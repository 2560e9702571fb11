import BackupDomain
import Foundation
import Testing

@Suite("Whatever Azure does with what is deleted", .tags(.assumption), .narrow, .timeLimit(.minutes(5)))
struct DeletionTests {
    /// The built-in account with more fields, and a container of backups with more fields.
    static func account(_ fields: String, container: String = "") -> String {
        """
        {"storageAccounts": [{"name": "contosobackups", "resourceGroup": "rg-apim", \(fields)
                              "containers": [{"name": "apim-backups"\(container)}]}]}
        """
    }

    static func results(_ prune: LocalAzure.Invocation) -> [JSONValue] {
        prune.document?["instances"]?.array?.first?["results"]?.array ?? []
    }

    static func reasons(_ prune: LocalAzure.Invocation, of name: String) -> [String] {
        let rows = prune.document?["instances"]?.array?.first?["decisions"]?.array ?? []
        let row = rows.first { $0["backupName"]?.string == name }
        return row?["reasons"]?.array?.compactMap { $0["code"]?.string } ?? []
    }

    @Test(arguments: Ledger.answers(to: "deletion-of-versioned-blob"))
    func `a backup that stays as an earlier version is never called gone for good`(_ answer: String) async throws {
        try await LocalAzure.with(world: Self.account(#""versioning": true,"#), assuming: [answer]) { azure in
            let names = try await RetentionTests.backUp(azure, times: 2)
            let prune = await RetentionTests.prune(azure)
            #expect(prune.code == 0, "\(prune.everything)")
            #expect(Self.results(prune).map { $0["state"]?.string } == ["deleted"])
            #expect(Self.results(prune).first?["permanent"] == .boolean(false))
            #expect(await RetentionTests.left(azure) == [names[1]])
            let verify = await azure.run(["verify", "contoso-apim"] + RetentionTests.storage)
            #expect(verify.code == 0, "\(verify.everything)")
        }
    }

    @Test(arguments: Ledger.answers(to: "container-immutability-of-blob"))
    func `a container's policy and its legal hold keep a backup, seen before or not`(_ answer: String) async throws {
        let isShown = answer.hasSuffix("=shown")
        for (container, code) in [(#", "immutableDays": 365"#, "immutable"), (#", "legalHold": true"#, "legalHold")] {
            let world = Self.account("", container: container)
            try await LocalAzure.with(world: world, assuming: [answer]) { azure in
                let names = try await RetentionTests.backUp(azure, times: 2)
                let prune = await RetentionTests.prune(azure)
                #expect(prune.code == 0, "\(prune.everything)")
                let verdict = RetentionTests.verdicts(prune)[names[0]]
                #expect(verdict == (isShown ? "withheld" : "release"), "\(prune.everything)")
                if isShown { #expect(Self.reasons(prune, of: names[0]) == [code]) }
                #expect(Self.results(prune).map { $0["state"]?.string } == (isShown ? [] : ["kept"]))
                let detail = Self.results(prune).first?["detail"]?.string
                #expect(isShown || detail?.contains("immutability policy or a legal hold") == true)
                #expect(Set(await RetentionTests.left(azure)) == Set(names))
            }
        }
    }

    @Test(arguments: Ledger.answers(to: "deletion-of-protected-version"))
    func `a protected version is withheld; where its protection is not seen, its bytes stay`(
        _ answer: String
    ) async throws {
        let world = Self.account(#""versioning": true,"#, container: #", "immutableVersionDays": 365"#)
        try await LocalAzure.with(world: world, assuming: [answer]) { azure in
            let names = try await RetentionTests.backUp(azure, times: 2)
            let prune = await RetentionTests.prune(azure)
            #expect(prune.code == 0, "\(prune.everything)")
            #expect(RetentionTests.verdicts(prune)[names[0]] == "withheld")
            #expect(Self.reasons(prune, of: names[0]) == ["immutable"])
            #expect(Set(await RetentionTests.left(azure)) == Set(names))
        }
        let unseen = """
            [{"host": "blob", "method": "HEAD", "path": "*.apimbackup", "always": true,
              "omitHeaders": ["x-ms-immutability-policy-until-date"]}]
            """
        try await LocalAzure.with(world: world, assuming: [answer], faults: unseen) { azure in
            let names = try await RetentionTests.backUp(azure, times: 2)
            let prune = await RetentionTests.prune(azure)
            #expect(prune.code == 0, "\(prune.everything)")
            let isKept = answer.hasSuffix("=refused")
            #expect(Self.results(prune).map { $0["state"]?.string } == [isKept ? "kept" : "deleted"])
            #expect(Self.results(prune).first?["permanent"] != .boolean(true))
            #expect(Set(await RetentionTests.left(azure)) == Set(isKept ? names : [names[1]]))
        }
    }
}
