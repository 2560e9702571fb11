import BackupDomain
import Foundation
import Testing

@testable import FieldTest

@Suite("Judgements of a field test")
struct JudgementTests {
    private static let instance =
        "https://management.azure.com/subscriptions/{s}/providers/Microsoft.ApiManagement/service/{i}"
    private static let location = Self.instance + "/operationresults/{o}?api-version=2024-05-01"

    /// A session: a backup that is accepted, read while it runs, and done, with the looks of a field test between.
    private static func session(_ change: (inout [String: Exchange]) -> Void = { _ in }) -> [Exchange] {
        var named: [String: Exchange] = [:]
        func add(
            _ name: String,
            _ method: String,
            _ url: String,
            _ status: Int,
            _ service: AzureService = .resourceManager
        ) {
            var exchange = Exchange(
                number: named.count + 1,
                step: "backup",
                service: service,
                sentAt: Date(timeIntervalSince1970: Double(named.count * 60)),
                method: method,
                url: url
            )
            exchange.status = status
            exchange.received = [
                "date": "Thu, 01 Jan 1970 00:\(10 + named.count):00 GMT", "x-ms-request-id": "{request-1}",
            ]
            named[name] = exchange
        }
        let blob = "https://{account-1}.blob.core.windows.net/{container-1}/{blob-1}"
        add("post", "POST", Self.instance + "/backup?api-version=2024-05-01", 202)
        add("running", "GET", Self.location, 202)
        add("instance", "GET", Self.instance + "?api-version=2024-05-01", 200)
        add("early blob", "HEAD", blob, 404, .blobStorage)
        add("still", "GET", Self.location, 202)
        add("end", "GET", Self.location, 200)
        add("blob", "HEAD", blob, 200, .blobStorage)
        add("afterwards", "GET", Self.location, 200)
        for name in ["post", "running", "still"] {
            named[name]?.received["location"] = Self.location
            named[name]?.received["retry-after"] = "60"
        }
        named["post"]?.sentBody = .object([
            "storageAccount": .string("{account-1}"), "containerName": .string("{container-1}"),
            "backupName": .string("{blob-1}"),
        ])
        let properties = { (state: String) in
            JSONValue.object(["properties": .object(["provisioningState": .string(state)])])
        }
        named["instance"]?.receivedBody = properties("Updating")
        named["end"]?.receivedBody = properties("Succeeded")
        change(&named)
        return Array(named.values)
    }

    private static func answers(_ exchanges: [Exchange]) -> [String: Verdict.Kind] {
        Dictionary(Answer.all(exchanges).map { ($0.assumption, $0.answer) }) { first, _ in first }
    }

    @Test func `say of nothing that it was seen where nothing was exchanged`() {
        for answer in Answer.all([]) {
            #expect(answer.answer == .notSeen, "\(answer)")
            #expect(answer.text.hasSuffix("."), "\(answer)")
        }
    }

    @Test func `confirm what a session shows`() {
        let answers = Self.answers(Self.session())
        for name in [
            "backup-is-posted", "accepted-with-location", "location-of-own-origin", "location-is-opaque", "retry-after",
            "running-is-202", "done-is-200", "state-during-backup", "blob-while-running", "backup-name-is-blob-name",
            "operation-url-lifetime",
        ] {
            #expect(answers[name] == .confirmed, "\(name)")
        }
        #expect(answers["failed-backup-answer"] == .notSeen)
        #expect(answers["takes-hours"] == .notSeen)
    }

    typealias Change = @Sendable (inout [String: Exchange]) -> Void

    static let contradictions: [(String, Change)] = [
        ("backup-is-posted", { $0["post"]?.status = 400 }),
        ("accepted-with-location", { $0["post"]?.received["location"] = nil }),
        ("location-of-own-origin", { $0["post"]?.received["location"] = "https://{host-1}/operation" }),
        ("location-is-opaque", { $0["running"]?.status = 404 }),
        ("retry-after", { $0["still"]?.received["retry-after"] = nil }),
        ("running-is-202", { $0["still"]?.received["location"] = "https://management.azure.com/another" }),
        ("done-is-200", { $0["end"]?.receivedBody = nil }),
        ("done-is-200", { $0["blob"]?.status = 404 }),
        ("state-during-backup", { $0["instance"]?.receivedBody = nil }),
        ("blob-while-running", { $0["early blob"]?.status = 200 }),
        ("backup-name-is-blob-name", { $0["blob"]?.status = 404 }),
        ("operation-url-lifetime", { $0["afterwards"]?.status = 404 }),
        ("forgotten-operation", { $0["afterwards"]?.status = 410 }),
        ("failed-backup-answer", { $0["end"]?.status = 422 }),
        ("dates-of-azure", { $0["end"]?.received["date"] = nil }),
        ("request-ids", { $0["end"]?.received["x-ms-request-id"] = nil }),
    ]

    @Test(arguments: Self.contradictions.indices)
    func `contradict where Azure does otherwise`(_ index: Int) {
        let (name, change) = Self.contradictions[index]
        #expect(Self.answers(Self.session(change))[name] == .contradicted, "\(name)")
    }

    @Test func `tell of a busy instance, a lock and a caller without the right to read`() {
        let busy = { (code: String) in
            Self.answers(
                Self.session {
                    $0["post"]?.status = 409
                    $0["post"]?.receivedBody = .object(["error": .object(["code": .string(code)])])
                }
            )
        }
        #expect(busy("ServiceLocked")["backup-while-busy"] == .confirmed)
        #expect(busy("Other")["backup-while-busy"] == .contradicted)
        #expect(busy("ScopeLocked")["lock-is-scope-locked"] == .confirmed)
        #expect(busy("ScopeLocked")["backup-while-busy"] == .notSeen)
        #expect(Self.answers(Self.session { $0["running"]?.status = 403 })["right-to-read-operation"] == .confirmed)
    }
}
