import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("The ledger of assumptions")
struct LedgerTests {
    @Test func `has the promised form, and nothing else`() throws {
        let document = try JSONDecoder.stable().decode(JSONValue.self, from: Ledger.content())
        #expect(Set((document.object ?? [:]).keys) == ["version", "seenLive", "assumptions", "notCovered"])
        for entry in try #require(document["notCovered"]?.array) {
            #expect([["what"], ["what", "request", "answer"]].contains(Set((entry.object ?? [:]).keys)), "\(entry)")
        }
        for entry in try #require(document["assumptions"]?.array) {
            let fields: Set = ["name", "what", "reliedOnIn", "certainty", "source", "isEmulated"]
            #expect(Set((entry.object ?? [:]).keys).subtracting(["answers", "tests"]) == fields, "\(entry)")
            for answer in entry["answers"]?.array ?? [] {
                #expect(Set((answer.object ?? [:]).keys) == ["name", "what", "isDefault"], "\(entry)")
            }
        }
        let ledger = try Ledger.load()
        #expect(ledger.version == 1)
        #expect(Set(ledger.assumptions.map(\.name)).count == ledger.assumptions.count)
        #expect(Set(ledger.seenLive).isSubset(of: ledger.assumptions.map(\.name)))
        for entry in ledger.assumptions {
            let names = [entry.name] + (entry.answers ?? []).map(\.name)
            for name in names { #expect(name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(name)") }
            for what in [entry.what] + (entry.answers ?? []).map(\.what) {
                #expect(what.hasSuffix(".") && !what.contains("\n"), "\(what)")
            }
            #expect(!entry.source.isEmpty && !entry.reliedOnIn.isEmpty, "\(entry.name)")
        }
    }

    @Test func `says every plausible answer of what is inferred or unknown, the default first`() throws {
        for entry in try Ledger.load().assumptions {
            let isSure = ![.inferred, .unknown].contains(entry.certainty)
            guard let answers = entry.answers else {
                #expect(isSure, "\(entry.name) is \(entry.certainty) and has no answers")
                continue
            }
            #expect(answers.count > 1, "\(entry.name)")
            #expect(Set(answers.map(\.name)).count == answers.count, "\(entry.name)")
            #expect(answers.map(\.isDefault) == [true] + Array(repeating: false, count: answers.count - 1))
            #expect(entry.isEmulated, "\(entry.name)")
        }
    }

    @Test func `names places in the sources that are there`() throws {
        for entry in try Ledger.load().assumptions {
            for place in entry.reliedOnIn {
                let parts = place.split(separator: ": ", maxSplits: 1).map(String.init)
                try #require(parts.count == 2, "\(place)")
                let source = try? String(contentsOf: Ledger.root.appending(path: parts[0]), encoding: .utf8)
                #expect(parts[0].hasPrefix("Sources/") && source?.contains(parts[1]) == true, "\(entry.name): \(place)")
            }
        }
    }

    @Test func `names a test that is there for whatever the emulator does, and none for what it does not`() throws {
        for entry in try Ledger.load().assumptions {
            #expect(entry.tests?.isEmpty == (entry.isEmulated ? false : nil), "\(entry.name)")
            for test in entry.tests ?? [] {
                let parts = test.split(separator: ": ", maxSplits: 1).map(String.init)
                try #require(parts.count == 2, "\(test)")
                let source = try? String(contentsOf: Ledger.root.appending(path: parts[0]), encoding: .utf8)
                let function = parts[1].contains(" ") ? "func `\(parts[1])`(" : "func \(parts[1])("
                #expect(parts[0].hasPrefix("Tests/") && source?.contains(function) == true, "\(entry.name): \(test)")
            }
        }
    }

    @Test func `has an entry for every file that speaks to Azure by its documents`() throws {
        let places = try Ledger.load().assumptions.map(\.reliedOnIn).joined()
        let named = Set(places.compactMap { $0.split(separator: ": ", maxSplits: 1).first.map(String.init) })
        let folder = Ledger.root.appending(path: "Sources/AzureClient")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var cited = 0
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            guard
                text.contains(/Sources?:[^\n]*(\n\s*\/\/\/[^\n]*)?https:\/\/(learn\.microsoft\.com|github\.com\/Azure)/)
            else {
                continue
            }
            cited += 1
            let path = String(file.path.dropFirst(Ledger.root.path.count)).drop { $0 == "/" }
            #expect(named.contains(String(path)), "\(path) cites Azure's documents, and no entry names it")
        }
        #expect(cited > 20)
    }

    @Test func `says of nothing that it is not covered that is`() async throws {
        let world = """
            {"roleAssignments": [{"principal": "apim-backup-runner", "role": "Owner", "scope": "subscription"},
                                 {"principal": "apim-backup-runner", "role": "Storage Blob Data Owner",
                                  "scope": "subscription"}]}
            """
        let entries = try Ledger.load().notCovered
        try await LocalAzure.with(world: world) { azure in
            let subscription = "/subscriptions/\(azure.ready.subscriptionID)"
            let group = "\(subscription)/resourceGroups/rg-apim"
            let places = [
                "{subscription}": subscription, "{group}": group,
                "{instance}": "\(group)/providers/Microsoft.ApiManagement/service/contoso-apim",
                "{account}": "\(group)/providers/Microsoft.Storage/storageAccounts/contosobackups",
                "{storage}": azure.ready.blobEndpoint, "{container}": "\(azure.ready.blobEndpoint)/apim-backups",
                "{blob}": "\(azure.ready.blobEndpoint)/apim-backups/a",
            ]
            for entry in entries {
                guard let request = entry.request, let expected = entry.answer else { continue }
                let address = places.reduce(request) { $0.replacing($1.key, with: $1.value) }
                let answer = try await azure.answer(to: address)
                #expect(answer == expected, "\(entry.what): \(request)")
            }
        }
    }

    @Test func `has the answers that the emulator has`() throws {
        let written = try Ledger.load().assumptions.compactMap { entry in
            entry.answers.map { (entry.name, $0.map(\.name)) }
        }
        let emulated = Assumption.all.map { ($0.name, $0.answers.map(\.name)) }
        #expect(
            Dictionary(written) { first, _ in first } == Dictionary(emulated) { first, _ in first }
        )
    }

    @Test func `has a test for every entry with answers, and no test for anything else`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var tested: Set<String> = []
        for file in files where file.pathExtension == "swift" && file.lastPathComponent != "LedgerTests.swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            tested.formUnion(text.matches(of: /Ledger\.answers\(to: "([^"]+)"\)/).map { String($0.1) })
        }
        let open = try Ledger.load().assumptions.filter { $0.answers != nil }.map(\.name)
        #expect(tested == Set(open))
    }
}
