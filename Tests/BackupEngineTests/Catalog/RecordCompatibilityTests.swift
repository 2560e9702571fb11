import BackupDomain
import BackupEngine
import Foundation
import Testing

/// Records as releases have written them.
///
/// A file here is never changed: a new format adds a folder.
@Suite("Records of all releases are read for ever")
struct RecordCompatibilityTests {
    struct Fixture: CustomTestStringConvertible {
        var file: String
        var state: RunState
        var outcome: RunOutcome?
        var code: BackupError.Code?
        /// Whether Azure was asked for anything but to be read.
        var posts = true
        var testDescription: String { self.file }
    }

    static let fixtures = [
        Fixture(file: "v1/verified.json", state: .ended, outcome: .verified),
        Fixture(file: "v1/failed.json", state: .ended, outcome: .failed, code: .backupFailed),
        Fixture(file: "v1/accepted.json", state: .accepted),
        Fixture(file: "v2/inventoried.json", state: .ended, outcome: .inventoried, posts: false),
    ]

    static func content(_ file: String) throws -> Data {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        return try Data(contentsOf: folder.appending(path: file))
    }

    @Test func `every file is read by a test`() throws {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        #expect(
            names.sorted() == (Self.fixtures.map(\.file) + DocumentCompatibilityTests.fixtures.map(\.file)).sorted()
        )
    }

    @Test(arguments: fixtures)
    func `is understood`(_ fixture: Fixture) throws {
        let record = try RecordCoding.decode(try Self.content(fixture.file), path: fixture.file)
        #expect(record.state == fixture.state)
        #expect(record.outcome == fixture.outcome)
        #expect(record.error?.code == fixture.code)
        #expect((record.attempts.first?.submission == .accepted) == fixture.posts)
        #expect((record.attempts.first?.location?.contains("/operationresults/") == true) == fixture.posts)
        #expect(record.history.count >= (fixture.posts ? 3 : 2))
        #expect(record.isInventoryOnly == (fixture.outcome == .inventoried))
        #expect("v\(record.version)/" == fixture.file.prefix(3))
        #expect((record.backup?.bytes != nil) == (fixture.outcome == .verified))
        #expect(record.service["sku"] != nil)
        let run = Run(resuming: record, limits: RunLimits(), at: record.nominalAt + 3600)
        #expect((run.nextStep(at: record.nominalAt + 3600) == .finish) == (fixture.state == .ended))
    }

    @Test(arguments: fixtures)
    func `loses nothing when it is written again`(_ fixture: Fixture) throws {
        let content = try Self.content(fixture.file)
        let written = try RecordCoding.encode(try RecordCoding.decode(content, path: fixture.file))
        let before = try JSONDecoder.stable().decode([String: JSONValue].self, from: content)
        let after = try JSONDecoder.stable().decode([String: JSONValue].self, from: written)
        for (name, value) in before { #expect(after[name] == value, "\(name)") }
    }
}
