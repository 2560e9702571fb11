import AzureEmulator
import BackupDomain
import FieldTest
import Foundation
import Testing

@Suite("A field test, against the local Azure", .narrow, .timeLimit(.minutes(3)))
struct FieldTestTests {
    static let command = [
        "field-test", "--instance", "contoso-apim", "--storage-account", "contosobackups", "--format", "json",
    ]

    /// A minute is two seconds, so that a busy machine too looks more than once while Azure is at work, and answers within deadlines.
    static let timeScale = 30
    static let world = DrillTests.world().replacing(
        #"{"instances""#,
        with: #"{"timings": {"backupSeconds": 480, "restoreSeconds": 480}, "instances""#
    )

    private static func out() -> String {
        FileManager.default.temporaryDirectory.appending(path: "field-test-\(UUID().uuidString).jsonl").path
    }

    private static func fieldTest(_ azure: LocalAzure, _ options: String...) async throws -> Seen {
        var azure = azure
        azure.environment["APIM_BACKUP_INVENTORY"] = "names"
        let path = Self.out()
        let end = await azure.run(Self.command + ["--out", path] + options)
        let transcript = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        try? FileManager.default.removeItem(atPath: path)
        return Seen(end: end, transcript: transcript)
    }

    private struct Seen {
        var end: LocalAzure.Invocation
        var transcript: String

        /// What was answered, by entry.
        var answers: [String: String] {
            let answers = self.end.document?["answers"]?.array ?? []
            return Dictionary(
                answers.compactMap { answer in
                    answer["assumption"]?.string.map { ($0, answer["answer"]?.string ?? "") }
                }
            ) { first, _ in first }
        }

        var contradicted: [String] { self.answers.filter { $0.value == "contradicted" }.map(\.key).sorted() }
    }

    @Test func `a backup and a restore confirm what they show, and contradict nothing`() async throws {
        try await LocalAzure.with(
            world: Self.world,
            virtualStart: LocalAzure.sharedStart,
            timeScale: Self.timeScale
        ) { azure in
            let seen = try await Self.fieldTest(
                azure,
                "--restore-to",
                "contoso-scratch",
                "--confirm",
                "contoso-scratch"
            )
            #expect(seen.end.code == 0, "\(seen.end.everything)")
            #expect(seen.contradicted == [], "\(seen.end.output)")
            let confirmed = Set(seen.answers.filter { $0.value == "confirmed" }.map(\.key))
            let expected: Set = [
                "accepted-with-location", "account-settings-can-be-read", "api-version", "app-service-identity",
                "backup-is-posted", "backup-name-is-blob-name", "blob-endpoint", "blob-properties",
                "blob-while-running", "blobs-are-consistent", "cloud-metadata",
                "container-is-created-once", "contents-are-listed", "create-once",
                "creation-time-of-overwritten-blob", "dates-of-azure", "delete-by-etag", "deletion-type",
                "done-is-200", "errors-have-codes", "filtered-listing", "instance-document", "leases",
                "lists-are-sorted", "location-is-opaque", "location-of-own-origin", "missing-blob", "not-in-backup",
                "operation-url-lifetime", "rate-limit-headers", "refused-read", "replace-by-etag", "request-ids",
                "restore-call", "retry-after", "revisions-say-current", "rights-can-be-asked", "running-is-202",
                "state-during-backup", "storage-audience", "tiers", "token-answer",
            ]
            #expect(confirmed.isSuperset(of: expected), "\(expected.subtracting(confirmed).sorted())")
            #expect(seen.transcript.split(separator: "\n").count > 60)
        }
    }

    @Test(arguments: [
        "state-during-backup=unchanged", "blob-while-running=partial", "blob-while-running=empty",
        "operation-url-lifetime=none",
    ])
    func `whatever Azure does otherwise is contradicted, and nothing else`(_ planted: String) async throws {
        try await LocalAzure.with(world: Self.world, assuming: [planted], timeScale: Self.timeScale) { azure in
            let seen = try await Self.fieldTest(azure)
            #expect(seen.contradicted == [String(planted.prefix { $0 != "=" })], "\(seen.end.everything)")
            #expect(seen.end.code == 1)
        }
    }

    @Test func `clocks that do not agree are seen to`() async throws {
        // By the real clock, since a second of a fast one is over before an answer is here.
        try await LocalAzure.with(assuming: ["clocks-of-azure=blobs-behind"], sharesClock: false) { azure in
            let seen = try await Self.fieldTest(azure)
            #expect(seen.contradicted == ["clocks-of-azure"], "\(seen.end.everything)")
        }
    }

    @Test func `a transcript holds no secret and no name`() async throws {
        try await LocalAzure.with(world: DrillTests.world()) { azure in
            let seen = try await Self.fieldTest(azure)
            #expect(seen.end.code == 0, "\(seen.end.everything)")
            #expect(seen.answers["clocks-of-azure"] == "confirmed", "\(seen.end.output)")
            let ready = azure.ready
            let names = [
                ready.subscriptionID, ready.tenantID, ready.storageKey, "contoso", "rg-apim", "apim-backups", "@",
                "eyJ",
                azure.environment["IDENTITY_HEADER"] ?? "no header", "127.0.0.1",
            ]
            for name in names { #expect(!seen.transcript.contains(name), "\(name)") }
            for line in seen.transcript.split(separator: "\n") {
                let document = try JSONDecoder.stable().decode(JSONValue.self, from: Data(line.utf8))
                #expect(["fieldTest", "exchange", "answer"].contains(document["type"]?.string))
            }
        }
    }

    @Test(arguments: [
        (#"{}"#, "contoso-scratch", "is not marked as a scratch instance", Int32(4)),
        (#"{"apim-backup-scratch": "true"}"#, "contoso", "is not the name of the instance", Int32(64)),
    ])
    func `nothing is overwritten that is not marked and named`(
        _ tags: String,
        _ name: String,
        _ words: String,
        _ code: Int32
    ) async throws {
        try await LocalAzure.with(world: DrillTests.world(tags)) { azure in
            let seen = try await Self.fieldTest(azure, "--restore-to", "contoso-scratch", "--confirm", name)
            #expect(seen.end.code == code, "\(seen.end.everything)")
            #expect(seen.end.errors.contains(words), "\(seen.end.errors)")
            let accepted = try await azure.accepted()
            #expect(accepted.isEmpty)
            let bare = await azure.run(Self.command + ["--restore-to", "contoso-scratch"])
            #expect(bare.code == 64)
        }
    }

    @Test func `the first screen says that nothing was run against Azure, until a transcript is here`() throws {
        let docs = try FileManager.default.contentsOfDirectory(atPath: Ledger.root.appending(path: "docs").path)
        let readme = try String(contentsOf: Ledger.root.appending(path: "README.md"), encoding: .utf8)
        let says = readme.split(separator: "\n").prefix(20).contains {
            $0.contains("Not yet seen on a live subscription")
        }
        let isSeen = docs.contains { $0.hasSuffix(".jsonl") }
        #expect(says != isSeen)
        #expect(try Ledger.load().seenLive.isEmpty != isSeen)
    }

    @Test func `there is a judgement for each entry of the ledger, and for nothing else`() throws {
        let names = try Ledger.load().assumptions.map(\.name).sorted()
        #expect(Judgement.all.map(\.assumption).sorted() == names)
    }
}
