import BackupDomain
import FoundationEssentials
import Testing

@Suite("What retention keeps for restores")
struct RestoringTests {
    struct Example: CustomTestStringConvertible {
        var testDescription: String
        /// The targets of the restores that read the backup.
        var targets: [String]
        /// The backup's age in days.
        var age: Double = 2
        var change: @Sendable (inout RecoveryPoint) -> Void = { _ in }
        var expected: String

        static let all: [Self] = [
            Self(testDescription: "no restore", targets: [], expected: "2 release: noRuleKeeps"),
            Self(testDescription: "one", targets: ["contoso-standby"], expected: "2 keep: restoring"),
            Self(
                testDescription: "two at once",
                targets: ["contoso-standby", "contoso-scratch"],
                expected: "2 keep: restoring, restoring"
            ),
            Self(
                testDescription: "of what is pinned too",
                targets: ["contoso-standby"],
                change: { $0.pin = PointFixture.pin() },
                expected: "2 keep: pinned, restoring"
            ),
            Self(
                testDescription: "of what Azure no longer restores",
                targets: ["contoso-standby"],
                age: 45,
                expected: "45 keep: restoring, archiveOnly"
            ),
            Self(
                testDescription: "of what was written again",
                targets: ["contoso-standby"],
                change: { $0.blob?.etag = ETag("\"0x2\"") },
                expected: "2 keep: restoring"
            ),
        ]
    }

    @Test(arguments: Example.all)
    func `a backup stays that an open restore reads`(_ example: Example) {
        var point = PointFixture.point(example.age)
        point.openRestores = example.targets.map { PointFixture.restore(into: $0, of: point.name) }
        example.change(&point)
        let plan = RetentionPlanTests.plan([PointFixture.point(0), point]) { $0.keepLast = 1 }
        #expect(RetentionPlanTests.table(plan) == ["0 keep: newestGood, keepLast", example.expected])
    }

    @Test func `the reason names the target and the run`() {
        var point = PointFixture.point(2)
        point.openRestores = [PointFixture.restore(of: point.name)]
        let plan = RetentionPlanTests.plan([PointFixture.point(0), point]) { $0.keepLast = 1 }
        #expect(
            plan.decisions.last?.reasons.map(\.text) == [
                "a restore into contoso-standby reads it (run \(PointFixture.run(0)))"
            ]
        )
    }

    @Test(arguments: [
        (PointFixture.name(2), PointFixture.container, true), (PointFixture.name(3), PointFixture.container, false),
        (PointFixture.name(2), "other-backups", false),
    ])
    func `a restore reads the backup that its record names, and no other`(
        _ name: String,
        _ container: String,
        _ isRead: Bool
    ) {
        let restore = OpenRestore(
            run: PointFixture.run(0),
            target: "contoso-standby",
            container: container,
            name: name
        )
        #expect(restore.reads(PointFixture.point(2)) == isRead)
    }
}
