import BackupDomain
import Foundation
import TestSupport
import Testing

@testable import BackupEngine
@testable import Commands

@Suite("What people and programs read of verify and prune")
struct RetentionPrinterTests {
    static let now = PrinterTests.night + 3 * 86_400
    static let principal = RecordedPrincipal(credential: "managed-identity", objectID: "11111111")

    /// A verified backup of so many days before now.
    static func point(_ age: Double, bytes: Int = 614_400) throws -> RecoveryPoint {
        let id = try #require(
            ResourceID("/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso-apim")
        )
        let created = Self.now - age * 86_400
        let name = "contoso-apim-\(created.compact).apimbackup"
        var point = RecoveryPoint(
            container: "apim-backups",
            name: name,
            instance: InstanceKey(id),
            origin: .run(RunID(instance: id, nominalAt: created), outcome: .verified),
            createdAt: created,
            restorableUntil: created + 30 * 86_400
        )
        let blob = BlobProperties(
            name: name,
            bytes: bytes,
            etag: ETag("\"0x1\""),
            createdAt: created,
            modifiedAt: created,
            contentMD5: nil
        )
        point.blob = blob
        point.recorded = RecordedBackup(
            account: "contosobackups",
            container: "apim-backups",
            name: name,
            properties: blob,
            restorableFrom: created
        )
        return point
    }

    static func adopted() throws -> RecoveryPoint {
        var point = try Self.point(9)
        point.name = "contoso-apim weekly 12:00.bak"
        point.blob?.name = point.name
        point.origin = .adopted(isDated: false)
        point.recorded = nil
        return point
    }

    @Test func `a verification`() throws {
        var points = try [0.5, 1, 2, 3, 40].map { try Self.point($0) }
        points[1].pin = BackupPins.Change(isPinned: true, at: Self.now, by: Self.principal, reason: "audit")
        points[2].blob = nil
        points[3].blob?.bytes = 10
        points[3].blob?.etag = ETag("\"0x2\"")
        points.append(try Self.adopted())
        for index in points.indices {
            points[index].verification = points[index].checked(at: Self.now)
        }
        let key = try #require(points[0].instance)
        let report = VerificationReport(instance: key, at: Self.now, points: points, unwritten: nil)
        let empty = VerificationReport(
            instance: key,
            at: Self.now,
            points: [],
            unwritten: BackupError(.permissionDenied, "The identity in use lacks a right.")
        )
        let stray = try #require(try Self.adopted().blob)
        let capture = Capture()
        let printer = VerifyPrinter(terminal: capture.terminal(), now: Self.now)
        printer.printTable([report, empty], unattributed: [stray])
        printer.printNames([report])
        try Golden.expect(capture.output + capture.errors, matches: "verify")
        let json = Capture()
        VerifyPrinter(terminal: json.terminal(), now: Self.now).printDocument([report, empty], unattributed: [stray])
        try Golden.expect(json.output, matches: "verify-json")
    }

    static func report(_ points: [RecoveryPoint], newest: RunOutcome = .verified) throws -> PruneReport {
        var policy = RetentionPolicy()
        policy.keepDaily = 2
        policy.keepYearly = 2
        policy.keepWithinDays = 1
        policy.minGood = 2
        let key = try #require(points.first?.instance)
        let run = try #require(points.first?.run)
        return PruneReport(
            instance: key,
            plan: RetentionPlan(
                points: points,
                policy: policy,
                newestRun: EndedRun(
                    run: newest == .verified ? run : RunID(instance: Self.id, nominalAt: Self.now),
                    outcome: newest
                ),
                acknowledgement: nil,
                now: Self.now
            )
        )
    }

    static let id: ResourceID = {
        let text = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso-apim"
        guard let id = ResourceID(text) else { preconditionFailure("it is an id") }
        return id
    }()

    @Test func `a prune, and a dry run`() throws {
        var points = try [0.5, 1.5, 2, 3, 40, 500].map { try Self.point($0) }
        points[2].blob?.isLeased = true
        points.append(try Self.adopted())
        var report = try Self.report(points)
        let capture = Capture()
        let dry = PrunePrinter(terminal: capture.terminal(), account: "contosobackups", isDryRun: true)
        dry.printPlan(report.plan, of: report.instance)
        dry.printEnd([.report(report)], kept: .days(7))
        dry.printNames([.report(report)])
        report.results = [
            PruneResult(point: points[3], state: .deleted, isPermanent: false),
            PruneResult(point: points[4], state: .kept, detail: "it was pinned in the meantime"),
        ]
        let real = PrunePrinter(terminal: capture.terminal(), account: "contosobackups", isDryRun: false)
        real.printResults(report)
        real.printEnd([.report(report)], kept: .unknown)
        try Golden.expect(capture.output + capture.errors, matches: "prune")
        let json = Capture()
        let error = BackupError(.busy, "A run is at work.")
        let document = real.document([.report(report), .error(report.instance, error)], kept: .days(7))
        json.terminal().printDocument(PruneDocument([document], dryRun: false))
        try Golden.expect(json.output, matches: "prune-json")
    }

    @Test func `a prune that is held back, and one without the right to delete`() throws {
        let capture = Capture()
        let printer = PrunePrinter(terminal: capture.terminal(), account: "contosobackups", isDryRun: false)
        let shrunken = try Self.report(
            [try Self.point(0.5, bytes: 1000), try Self.point(3), try Self.point(4)],
            newest: .failed
        )
        printer.printPlan(shrunken.plan, of: shrunken.instance)
        #expect(shrunken.exitStatus == .refused)
        var denied = try Self.report(try [0.5, 1.5, 3, 4].map { try Self.point($0) })
        denied.denial = BackupError(.permissionDenied, "The identity in use lacks a right.", remedy: "Grant it.")
        denied.results = denied.plan.releases.map { PruneResult(point: $0.point, state: .handedOver) }
        printer.printPlan(denied.plan, of: denied.instance)
        printer.printResults(denied)
        #expect(denied.exitStatus == .refused)
        try Golden.expect(capture.output + capture.errors, matches: "prune-held-back")
    }

    @Test(arguments: [
        (DeletedBlobRetention.days(1), false, "for 1 day (soft delete)"), (.nothing, false, "keeps nothing"),
        (.nothing, true, "keeps versions"), (.days(7), true, "keeps versions"), (.unknown, false, "may stay"),
    ])
    func `what becomes of the bytes`(_ kept: DeletedBlobRetention, _ isVersioned: Bool, _ says: String) throws {
        var points = try [0.5, 1.5, 3].map { try Self.point($0) }
        points[2].blob?.isVersioned = isVersioned
        let capture = Capture()
        PrunePrinter(terminal: capture.terminal(), account: "contosobackups", isDryRun: false)
            .printEnd([.report(try Self.report(points))], kept: kept)
        #expect(capture.errors.contains(says), "\(capture.errors)")
    }
}
