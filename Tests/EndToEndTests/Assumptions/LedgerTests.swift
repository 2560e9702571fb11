import AzureEmulator
import BackupDomain
import Foundation
import Testing

@Suite("The ledger of assumptions")
struct LedgerTests {
    @Test func `has the promised form, and nothing else`() throws {
        let document = try JSONDecoder.stable().decode(JSONValue.self, from: Ledger.content())
        #expect(Set((document.object ?? [:]).keys) == ["version", "seenLive", "assumptions"])
        for entry in try #require(document["assumptions"]?.array) {
            let fields: Set = ["name", "what", "reliedOnIn", "certainty", "source", "isEmulated"]
            #expect(Set((entry.object ?? [:]).keys).subtracting(["answers"]) == fields, "\(entry)")
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
