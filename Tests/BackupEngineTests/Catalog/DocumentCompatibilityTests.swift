import BackupDomain
import BackupEngine
import Foundation
import Testing

/// The catalog's documents other than records, as releases have written them.
///
/// A file here is never changed: a new format adds a folder.
@Suite("The catalog's documents of all releases are read for ever")
struct DocumentCompatibilityTests {
    /// One file, the reader that it is for, and what it must be found to say.
    struct Fixture: CustomTestStringConvertible {
        var file: String
        /// Reads the file; gives what it says in a few words, and the file written again.
        var read: @Sendable (Data) throws -> (says: String, written: Data)
        var says: String
        var testDescription: String { self.file }

        init<Document: CatalogDocument>(
            _ file: String,
            _ type: Document.Type,
            says: String,
            _ words: @escaping @Sendable (Document) -> String
        ) {
            self.file = "v1/\(file).json"
            self.says = says
            self.read = { content in
                let document = try RecordCoding.decode(type, content, path: file)
                return (words(document), try RecordCoding.encode(document))
            }
        }
    }

    static let fixtures = [
        Fixture(
            "summary",
            InstanceSummary.self,
            says: "contoso-apim 3 present,pruned,pruned 20261124T012848Z"
        ) { summary in
            let standings = summary.runs.compactMap { $0.standing?.rawValue }.joined(separator: ",")
            return
                "\(summary.instance.name) \(summary.runs.count) \(standings) \(summary.lastGood?.nominalAt.compact ?? "")"
        },
        Fixture(
            "summary-fallen",
            InstanceSummary.self,
            says: "4 failed backupFailed 1000 of 614400"
        ) { summary in
            let last = summary.runs.last
            let fall = summary.deepestFall.map { "\($0.bytes) of \($0.medianBytes)" } ?? ""
            return "\(summary.runs.count) \(last?.outcome?.rawValue ?? "") \(last?.errorCode?.name ?? "") \(fall)"
        },
        Fixture("verification", BackupVerification.self, says: "listed,restored,unchanged no finding") { document in
            "\(document.levels.keys.sorted().joined(separator: ",")) \(document.finding?.kind.rawValue ?? "no finding")"
        },
        Fixture("verification-finding", BackupVerification.self, says: "3 shrunken 614400 to 1024, no run") {
            document in
            let finding = document.finding
            return "\(document.sighting?.count ?? 0) \(finding?.kind.rawValue ?? "") \(finding?.was?.bytes ?? 0) to "
                + "\(finding?.now?.bytes ?? 0), \(document.run?.text ?? "no run")"
        },
        Fixture("pins", BackupPins.self, says: "3: the auditors want it") { document in
            "\(document.changes.count): \(document.current?.reason ?? "")"
        },
        Fixture("prunes", BackupDeletions.self, says: "kept,handedOver,intended,deleted for good, noRuleKeeps") {
            document in
            let states = document.entries.map(\.state.rawValue).joined(separator: ",")
            let last = document.explanation
            return
                "\(states)\(last?.isPermanent == true ? " for good" : ""), \(last?.reasons.first?.code.rawValue ?? "")"
        },
        Fixture("pauses", PauseHistory.self, says: "2 until 2026-12-01T06:00:00Z: migration") { document in
            let pause = document.pause(at: Date(iso8601: "2026-11-30T00:00:00Z") ?? .distantPast)
            return "\(document.pauses.count) until \(pause?.until.iso8601 ?? ""): \(pause?.reason ?? "")"
        },
        Fixture("acknowledgements", ShrinkAcknowledgements.self, says: "614400: half of the APIs moved") { document in
            "\(document.entries.last?.bytes ?? 0): \(document.entries.last?.reason ?? "")"
        },
        Fixture("adopted", AdoptedBackups.self, says: "contoso-apim 2026-11-22T03:00:00 614400") { document in
            document.points.map { "\($0.name) \($0.bytes)" }.joined()
        },
    ]

    @Test(arguments: fixtures)
    func `are understood, and lose nothing when they are written again`(_ fixture: Fixture) throws {
        let content = try RecordCompatibilityTests.content(fixture.file)
        let (says, written) = try fixture.read(content)
        #expect(says == fixture.says)
        let before = try JSONDecoder.stable().decode(JSONValue.self, from: content)
        let after = try JSONDecoder.stable().decode(JSONValue.self, from: written)
        #expect(before == after)
    }

    @Test(arguments: fixtures)
    func `of a newer format are refused, and their unknown fields of this one ignored`(_ fixture: Fixture) throws {
        let text = String(decoding: try RecordCompatibilityTests.content(fixture.file), as: UTF8.self)
        let newer = text.replacing(#""version" : 1"#, with: #""version" : 2"#)
        #expect(newer != text)
        let error = #expect(throws: BackupError.self) { try fixture.read(Data(newer.utf8)) }
        #expect(error?.code == .recordTooNew)
        #expect(error?.message.contains("it has format 2") == true)
        let richer = text.replacing(#""version" : 1"#, with: #""fromTomorrow" : {"a": 1}, "version" : 1"#)
        #expect(try fixture.read(Data(richer.utf8)).says == fixture.says)
    }
}
