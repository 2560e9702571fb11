import BackupDomain
import BackupEngine
import Foundation
import LocalFiles
import TestSupport
import Testing

@Suite("The ledger on this machine")
struct LocalLedgerTests {
    private static let night = Date(timeIntervalSince1970: 1_795_482_000)

    /// A folder, with the ledger as so many processes see it.
    private static func with(_ processes: Int, _ body: (URL, [LocalLedger]) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "ledger-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let ledgers = (0..<processes).compactMap { _ in LocalRecords(folder: root, isRequired: false).ledger }
        try body(root.appending(path: CatalogPath.incidents), ledgers)
    }

    private static func ledger(_ name: String) -> IncidentLedger {
        let id = ResourceID.sample(named: name)
        let alert = Alert(
            kind: .failed,
            cause: AlertCause(code: name, scope: "contosobackups"),
            instance: InstanceKey(id),
            name: name,
            since: Self.night,
            text: "It failed."
        )
        var ledger = IncidentLedger()
        let round = AlertRound(alerts: [alert], observed: [InstanceKey(id): name], at: Self.night, isFinal: true)
        ledger.take(round, rules: AlertRules(), routes: [NoticeRoute(channel: "chat")])
        return ledger
    }

    private static func names(_ ledger: IncidentLedger?) -> [String] {
        ledger?.open.map(\.cause.code).sorted() ?? []
    }

    @Test func `holds what all processes left`() throws {
        try Self.with(2) { _, processes in
            #expect(processes[0].left() == nil)
            for (process, name) in zip(processes, ["a", "b"]) { #expect(process.keep(Self.ledger(name))) }
            #expect(Self.names(processes[0].left()) == ["a", "b"])
            #expect(processes[1].left()?.notices.count == 2)
        }
    }

    @Test func `forgets only what was adopted`() throws {
        try Self.with(2) { file, processes in
            #expect(processes[0].keep(Self.ledger("a")))
            let adopted = try #require(processes[0].left())
            #expect(processes[1].keep(Self.ledger("b")))
            processes[0].clear(adopted)
            let both = try #require(processes[0].left())
            #expect(Self.names(both) == ["a", "b"])
            processes[0].clear(both)
            #expect(!FileManager.default.fileExists(atPath: file.path))
        }
    }

    @Test(arguments: [(#"{"version":99}"#, false), (#"{"version":"#, true), ("", true)])
    func `leaves one of a newer release alone, and takes the place of a damaged one`(
        _ content: String,
        _ isKept: Bool
    )
        throws
    {
        try Self.with(1) { file, processes in
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(content.utf8).write(to: file)
            #expect(processes[0].left() == nil)
            #expect(processes[0].keep(Self.ledger("a")) == isKept)
            processes[0].clear(IncidentLedger())
            let lies = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            #expect((lies == content) == !isKept)
            #expect(Self.names(processes[0].left()) == (isKept ? ["a"] : []))
        }
    }
}
