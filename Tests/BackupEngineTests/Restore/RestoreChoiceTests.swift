import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("Which backup is restored")
struct RestoreChoiceTests {
    static let points = [
        RestoreFixture.point(hours: 1, nil), RestoreFixture.point(hours: 5, .unverified),
        RestoreFixture.point(hours: 29),
        RestoreFixture.point(hours: 53), RestoreFixture.point(hours: 31 * 24),
    ]

    static func choose(_ selector: RestoreSelector, unverified: Bool = false) throws -> RestoreChoice {
        try RestoreChoice.choose(
            selector,
            from: Self.points,
            of: "contoso-apim",
            allowsUnverified: unverified,
            at: RestoreFixture.now
        )
    }

    @Test func `is the newest verified one, and newer ones are named`() throws {
        let choice = try Self.choose(.latest)
        #expect(choice.point == Self.points[2])
        #expect(choice.passedOver == Array(Self.points[..<2]))
        #expect(choice.reason == "the newest verified backup")
    }

    @Test func `is the newest that may be one where unverified ones are allowed`() throws {
        let choice = try Self.choose(.latest, unverified: true)
        #expect(choice.point == Self.points[1])
        #expect(choice.reason == "the newest unverified backup")
    }

    @Test func `is the newest verified one made by an instant`() throws {
        let choice = try Self.choose(.at(RestoreFixture.now - 30 * 3600))
        #expect(choice.point == Self.points[3])
        #expect(choice.passedOver.isEmpty)
    }

    @Test(arguments: [false, true])
    func `is never one in the tier Archive, unless it is named`(_ unverified: Bool) throws {
        var points = [RestoreFixture.point(hours: 5), RestoreFixture.point(hours: 29)]
        points[0].blob?.accessTier = "Archive"
        func choose(_ points: [RecoveryPoint]) throws -> RestoreChoice {
            try RestoreChoice.choose(
                .latest,
                from: points,
                of: "contoso-apim",
                allowsUnverified: unverified,
                at: RestoreFixture.now
            )
        }
        #expect(try choose(points).point == points[1])
        #expect(try choose(points).passedOver == [points[0]])
        let error = #expect(throws: BackupError.self) { try choose([points[0]]) }
        #expect(error?.code == .notFound)
        #expect(error?.remedy?.contains("'\(points[0].name)' in the tier Archive") == true)
    }

    @Test func `is the one that was named, whatever its state`() throws {
        #expect(try Self.choose(.named(Self.points[4].name)).point == Self.points[4])
    }

    @Test func `is never one that was made before a restore, unless it is named`() throws {
        var points = [RestoreFixture.point(hours: 1), RestoreFixture.point(hours: 29)]
        points[0].beforeRestoreOf = points[1].name
        func choose(_ selector: RestoreSelector, _ points: [RecoveryPoint]) throws -> RestoreChoice {
            try RestoreChoice.choose(
                selector,
                from: points,
                of: "contoso-apim",
                allowsUnverified: true,
                at: RestoreFixture.now
            )
        }
        for selector in [RestoreSelector.latest, .at(RestoreFixture.now)] {
            let choice = try choose(selector, points)
            #expect(choice.point == points[1])
            #expect(choice.passedOver == [points[0]])
        }
        #expect(try choose(.named(points[0].name), points).point == points[0])
        let error = try #require(throws: BackupError.self) { _ = try choose(.latest, [points[0]]) }
        #expect(error.code == .notFound)
        #expect("\(error)".contains("--backup \(points[0].name)"), "\(error)")
    }

    @Test func `is none that a restore names as its safety backup, although it was not made for that`() throws {
        let points = [RestoreFixture.point(hours: 1), RestoreFixture.point(hours: 29)]
        var restore = RunRecord.sample(of: "contoso-apim", at: RestoreFixture.now)
        restore.restore = RecordedRestore(
            backup: try #require(restore.backup),
            run: points[1].run,
            source: nil,
            confirmation: RecordedRestore.Confirmation(
                name: "contoso-apim",
                at: RestoreFixture.now,
                by: RecordedPrincipal(credential: "test")
            ),
            safetyBackup: points[0].run
        )
        let marked = SafetyBackups([restore]).marking(points)
        #expect(marked.map { $0.beforeRestoreOf != nil } == [true, false])
        let choice = try RestoreChoice.choose(
            .latest,
            from: marked,
            of: "contoso-apim",
            allowsUnverified: false,
            at: RestoreFixture.now
        )
        #expect(choice.point == points[1])
    }

    @Test(arguments: [
        (RestoreSelector.named("nothing"), "no backup 'nothing'"),
        (.at(RestoreFixture.now - 40 * 86_400), "no verified backup of contoso-apim made by"),
        (.at(RestoreFixture.now - 30 * 86_400), "older than 30 days"),
    ])
    func `is none where there is none`(_ selector: RestoreSelector, _ says: String) throws {
        let error = try #require(throws: BackupError.self) { _ = try Self.choose(selector) }
        #expect(error.code == .notFound)
        #expect("\(error)".contains(says), "\(error)")
    }
}
