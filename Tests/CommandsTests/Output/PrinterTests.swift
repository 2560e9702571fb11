import BackupDomain
import Foundation
import Testing

@testable import BackupEngine
@testable import Commands

@Suite("What people and programs read")
struct PrinterTests {
    static let night = Date(timeIntervalSince1970: 1_795_482_000)

    /// A run driven to its end by hand.
    static func record(_ events: RunEvent...) throws -> RunRecord {
        let id = try #require(
            ResourceID("/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso-apim")
        )
        let instance = Instance(
            id: id,
            location: "West Europe",
            tier: Tier("Developer"),
            units: 1,
            provisioningState: "Succeeded",
            identity: InstanceIdentity(systemPrincipalID: "p"),
            minimumAPIVersion: nil,
            document: .object(["sku": .object(["name": .string("Developer"), "capacity": .integer(1)])])
        )
        var run = Run(
            RunRecord(
                run: RunID(instance: id, nominalAt: Self.night),
                instance: RecordedInstance(instance),
                nominalAt: Self.night,
                trigger: .manual,
                storage: RecordedStorage(
                    account: "contosobackups",
                    blobEndpoint: "https://contosobackups.blob.core.windows.net",
                    container: "apim-backups",
                    catalogContainer: "apim-backups-catalog"
                ),
                access: RecordedAccess(.systemAssignedManagedIdentity),
                azureAPIVersion: "2024-05-01",
                backupNameTemplate: BackupNameTemplate.standard.text,
                plannedAt: Self.night,
                service: instance.document,
                program: "apim-backup 0.1.0"
            ),
            limits: RunLimits()
        )
        for (index, event) in events.enumerated() { run.handle(event, at: Self.night + Double(index) * 60) }
        return run.record
    }

    static let done = ManagementAnswer(
        status: 200,
        document: .object([
            "id": .string("/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso-apim")
        ])
    )

    static let accepted = ManagementAnswer(
        status: 202,
        date: night,
        location: "https://management.azure.com/x/operationresults/1",
        requestID: "11111111-1111-1111-1111-111111111111",
        correlationID: "22222222-2222-2222-2222-222222222222"
    )

    static func blob(bytes: Int = 614_400) -> BlobObservation {
        .present(
            BlobProperties(
                name: "contoso-apim-20261124T010000Z.apimbackup",
                bytes: bytes,
                etag: ETag("\"0x8DE\""),
                createdAt: Self.night + 600,
                modifiedAt: Self.night + 600,
                contentMD5: "q2hTMzk="
            )
        )
    }

    static func verified() throws -> RunRecord {
        try Self.record(
            .nameChecked(.success(.absent(date: Self.night))),
            .posted(Self.accepted),
            .polled(Self.done),
            .proofSeen(.success(Self.blob()))
        )
    }

    static func failed() throws -> RunRecord {
        try Self.record(
            .nameChecked(.success(.absent(date: Self.night))),
            .posted(Self.accepted),
            .polled(
                ManagementAnswer(status: 400, code: "BackupFailed", message: "No access.", requestID: "33333333")
            ),
            .looked(instance: .success(false), blob: .success(.absent(date: nil)))
        )
    }

    @Test(arguments: [true, false])
    func `a verified run`(_ isColored: Bool) throws {
        let capture = Capture()
        let report = RunReport(record: try Self.verified(), ending: .ended, isReattached: false, place: .catalog)
        RunPrinter(
            terminal: capture.terminal(.init(colorsOutput: isColored)),
            now: Self.night + 700
        ).print(report)
        try Golden.expect(capture.output, matches: isColored ? "run-verified-colored" : "run-verified")
        #expect(capture.errors.isEmpty)
    }

    @Test func `a failed run`() throws {
        let capture = Capture()
        let report = RunReport(record: try Self.failed(), ending: .ended, isReattached: false, place: .catalog)
        RunPrinter(terminal: capture.terminal(), now: Self.night + 700).print(report)
        try Golden.expect(capture.output + capture.errors, matches: "run-failed")
    }

    @Test func `the summary of a verified and of a failed run`() throws {
        let capture = Capture()
        for record in [try Self.verified(), try Self.failed()] {
            capture.terminal().printDocument(
                RunSummary(RunReport(record: record, ending: .ended, isReattached: false, place: .catalog))
            )
        }
        try Golden.expect(capture.output, matches: "run-summary")
    }

    @Test func `a record`() throws {
        let capture = Capture()
        RecordPrinter(terminal: capture.terminal()).print(try Self.verified())
        try Golden.expect(capture.output, matches: "show-verified")
        let json = Capture()
        json.terminal().printDocument(try Self.failed())
        try Golden.expect(json.output, matches: "record-failed")
    }

    @Test func `a listing`() throws {
        let stranger = BlobProperties(
            name: "weekly backup 12:00.apimbackup",
            bytes: 1_400_000,
            etag: ETag("\"1\""),
            createdAt: Self.night - 40 * 86_400,
            modifiedAt: nil,
            contentMD5: nil
        )
        guard case .present(let blob) = Self.blob() else { return }
        let records = [try Self.verified(), try Self.failed()]
        let there = ListedBackup.merge(runs: records.map(SummarizedRun.init), blobs: [blob, stranger], instance: nil)
        let newer = RefusedRecord(
            run: try Self.verified().run,
            formatVersion: 2,
            program: "apim-backup 2.1.0",
            isEnded: true
        )
        let gone = ListedBackup.merge(
            runs: [SummarizedRun(try Self.verified())],
            refused: [try Self.verified().instanceKey: [newer]],
            blobs: [],
            instance: nil
        )
        let capture = Capture()
        let printer = ListPrinter(terminal: capture.terminal(), now: Self.night + 3 * 86_400)
        let lines = (there + gone).map { ListPrinter.Line(backup: $0, account: "contosobackups") }
        printer.printTable(lines, places: ["contosobackups/apim-backups"])
        printer.printDocument(lines)
        printer.printNames(Array(lines.prefix(there.count)))
        try Golden.expect(capture.output, matches: "list")
        printer.printTable([], places: ["contosobackups/apim-backups"])
        #expect(capture.errors == "There is no backup in contosobackups/apim-backups.\n")
    }

    @Test(
        arguments: [
            (0, "There is no backup in a/b."), (1, "'nobody' has no backup in a/b. Recorded there: i10."),
            (
                12,
                "'nobody' has no backup in a/b. Recorded there: i10, i11, i12, i13, i14, i15, i16, i17, i18, i19 and 2 more."
            ),
        ]
    )
    func `a listing of an instance that has none`(_ others: Int, _ text: String) {
        let capture = Capture()
        ListPrinter(terminal: capture.terminal(), now: Self.night).printTable(
            [],
            places: ["a/b"],
            of: "nobody",
            others: (0..<others).map { "i\($0 + 10)" }
        )
        #expect(capture.errors == text + "\n")
    }
}
