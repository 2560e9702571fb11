import BackupDomain
import FoundationEssentials
import Testing

@Suite("What retention keeps and releases")
struct RetentionPlanTests {
    static let now = PointFixture.now

    static func plan(
        _ points: [RecoveryPoint],
        newestRun: EndedRun? = EndedRun(run: PointFixture.run(0), outcome: .verified),
        acknowledgement: ShrinkAcknowledgements.Entry? = nil,
        _ change: (inout RetentionPolicy) -> Void
    ) -> RetentionPlan {
        var policy = RetentionPolicy()
        policy.minGood = 1
        policy.maxDeletions = 1000
        change(&policy)
        return RetentionPlan(
            points: points,
            policy: policy,
            newestRun: newestRun,
            acknowledgement: acknowledgement,
            now: Self.now
        )
    }

    /// The decisions in short: the age in days, the verdict, the reasons.
    static func table(_ plan: RetentionPlan) -> [String] {
        plan.decisions.map { decision in
            let age = Int((Self.now.timeIntervalSince(decision.point.createdAt) / 86_400).rounded())
            return
                "\(age) \(decision.verdict.rawValue): \(decision.reasons.map(\.code.rawValue).joined(separator: ", "))"
        }
    }

    struct Example: CustomTestStringConvertible {
        var testDescription: String
        var points: [RecoveryPoint]
        var policy: @Sendable (inout RetentionPolicy) -> Void
        var expected: [String]
    }

    /// A backup that was made just before a restore.
    static func safety(_ age: Double) -> RecoveryPoint {
        var point = PointFixture.point(age)
        point.beforeRestoreOf = PointFixture.name(9)
        return point
    }

    static let nights = (0..<5).map { PointFixture.point(Double($0)) }

    static let rules: [Example] = [
        Example(
            testDescription: "backups before a restore take nobody's place",
            points: [0, 0.1, 0.2].map(Self.safety) + [1, 2, 3, 4].map { PointFixture.point($0) },
            policy: {
                $0.keepLast = 1; $0.keepDaily = 2; $0.minGood = 3
            },
            expected: [
                "0 keep: beforeRestore", "0 keep: beforeRestore", "0 keep: beforeRestore",
                "1 keep: newestGood, minGood, keepLast, keepDaily", "2 keep: minGood, keepDaily", "3 keep: minGood",
                "4 release: noRuleKeeps",
            ]
        ),
        Example(
            testDescription: "a backup before a restore goes once it has expired",
            points: [PointFixture.point(0), Self.safety(29), Self.safety(31)],
            policy: { $0.keepLast = 1 },
            expected: ["0 keep: newestGood, keepLast", "29 keep: beforeRestore", "31 release: expired"]
        ),
        Example(
            testDescription: "a backup before a restore is no good one",
            points: [Self.safety(0), PointFixture.point(1, .failed)],
            policy: { $0.keepLast = 1 },
            expected: ["0 keep: beforeRestore", "1 keep: tooFewGood"]
        ),
        Example(
            testDescription: "no rule releases nothing",
            points: Self.nights,
            policy: { _ in },
            expected: [
                "0 keep: newestGood", "1 keep: noRules", "2 keep: noRules", "3 keep: noRules", "4 keep: noRules",
            ]
        ),
        Example(
            testDescription: "keep-last",
            points: Self.nights,
            policy: { $0.keepLast = 2 },
            expected: [
                "0 keep: newestGood, keepLast", "1 keep: keepLast", "2 release: noRuleKeeps", "3 release: noRuleKeeps",
                "4 release: noRuleKeeps",
            ]
        ),
        Example(
            testDescription: "keep-daily takes the newest of each day that has one",
            points: [0, 0.02, 1, 5, 5.02].map { PointFixture.point($0) },
            policy: { $0.keepDaily = 3 },
            expected: [
                "0 keep: newestGood, keepDaily", "0 release: noRuleKeeps", "1 keep: keepDaily", "5 keep: keepDaily",
                "5 release: noRuleKeeps",
            ]
        ),
        Example(
            testDescription: "hourly, weekly, monthly and yearly",
            points: [0, 0.01, 0.05, 9, 40, 41, 400].map { PointFixture.point($0) },
            policy: { policy in
                policy.keepHourly = 2
                policy.keepWeekly = 2
                policy.keepMonthly = 2
                policy.keepYearly = 9
            },
            expected: [
                "0 keep: newestGood, keepHourly, keepWeekly, keepMonthly, keepYearly", "0 keep: keepHourly",
                "0 release: noRuleKeeps", "9 keep: keepWeekly", "40 keep: keepMonthly, archiveOnly",
                "41 release: expired", "400 keep: keepYearly, archiveOnly",
            ]
        ),
        Example(
            testDescription: "keep-within",
            points: [0, 2, 2.9, 3].map { PointFixture.point($0) },
            policy: { $0.keepWithinDays = 3 },
            expected: [
                "0 keep: newestGood, keepWithin", "2 keep: keepWithin", "3 keep: keepWithin", "3 release: noRuleKeeps",
            ]
        ),
        Example(
            testDescription: "an expired backup goes as soon as min-good is filled",
            points: [0, 31].map { PointFixture.point($0) },
            policy: { $0.keepLast = 1 },
            expected: ["0 keep: newestGood, keepLast", "31 release: expired"]
        ),
        Example(
            testDescription: "and stays while it is not",
            points: [0, 31].map { PointFixture.point($0) },
            policy: { policy in
                policy.keepLast = 1
                policy.minGood = 2
            },
            expected: ["0 keep: newestGood, minGood, keepLast", "31 keep: tooFewGood, archiveOnly"]
        ),
    ]

    static let safeguards: [Example] = [
        Example(
            testDescription: "min-good counts only what is proven, restorable and there",
            points: [
                PointFixture.point(0, .failed), PointFixture.point(1, .unverified), PointFixture.point(2),
                PointFixture.adopted(3, seen: 1), PointFixture.point(4), PointFixture.point(5), PointFixture.point(6),
            ],
            policy: { policy in
                policy.keepLast = 1
                policy.minGood = 3
            },
            expected: [
                "0 release: runFailed", "1 keep: notProven", "2 keep: newestGood, minGood, keepLast", "3 keep: adopted",
                "4 keep: minGood", "5 keep: minGood", "6 release: noRuleKeeps",
            ]
        ),
        Example(
            testDescription: "an adopted one counts once it was seen twice, and is never released",
            points: [
                PointFixture.adopted(0, seen: 2), PointFixture.point(1), PointFixture.point(2),
                PointFixture.adopted(40),
            ],
            policy: { policy in
                policy.keepYearly = 0
                policy.keepWithinDays = 0
                policy.minGood = 2
            },
            expected: [
                "0 keep: adopted, newestGood, minGood", "1 keep: newestGood, minGood", "2 release: noRuleKeeps",
                "40 keep: adopted, archiveOnly",
            ]
        ),
        Example(
            testDescription: "pins, flights and the only good one stay",
            points: [
                PointFixture.point(0, nil), PointFixture.point(1),
                Self.with(PointFixture.point(2)) { $0.pin = PointFixture.pin("before the upgrade") },
                Self.with(PointFixture.point(45)) { $0.pin = PointFixture.pin() },
            ],
            policy: { $0.keepWithinDays = 0 },
            expected: [
                "0 keep: inFlight", "1 keep: newestGood", "2 keep: pinned", "45 keep: pinned, archiveOnly",
            ]
        ),
        Example(
            testDescription: "what is changed, leased, immutable or held is withheld",
            points: [
                PointFixture.point(0), Self.with(PointFixture.point(2)) { $0.blob?.etag = ETag("\"0x2\"") },
                Self.with(PointFixture.point(3)) { $0.blob?.isLeased = true },
                Self.with(PointFixture.point(4)) { $0.blob?.immutableUntil = Self.now + 60 },
                Self.with(PointFixture.point(5)) { $0.blob?.immutableUntil = Self.now - 60 },
                Self.with(PointFixture.point(6)) { $0.blob?.hasLegalHold = true },
            ],
            policy: { $0.keepLast = 1 },
            expected: [
                "0 keep: newestGood, keepLast", "2 withheld: changed", "3 withheld: leased", "4 withheld: immutable",
                "5 release: noRuleKeeps", "6 withheld: legalHold",
            ]
        ),
        Example(
            testDescription:
                "what lies in the tier Archive takes no place and is withheld, until Azure restores it no longer",
            points: [
                Self.with(PointFixture.point(0)) { $0.blob?.accessTier = "Archive" }, PointFixture.point(1),
                PointFixture.point(2), Self.with(PointFixture.point(40)) { $0.blob?.accessTier = "Archive" },
            ],
            policy: { $0.keepLast = 1 },
            expected: [
                "0 withheld: archived", "1 keep: newestGood, keepLast", "2 release: noRuleKeeps", "40 release: expired",
            ]
        ),
        Example(
            testDescription: "no more than the limit, the oldest first",
            points: Self.nights,
            policy: { policy in
                policy.keepLast = 1
                policy.maxDeletions = 2
            },
            expected: [
                "0 keep: newestGood, keepLast", "1 withheld: limit, noRuleKeeps", "2 withheld: limit, noRuleKeeps",
                "3 release: noRuleKeeps", "4 release: noRuleKeeps",
            ]
        ),
        Example(
            testDescription: "min-good of less than one is one",
            points: [PointFixture.point(3), PointFixture.point(4)],
            policy: { policy in
                policy.keepWithinDays = 0
                policy.minGood = 0
            },
            expected: ["3 keep: newestGood", "4 release: noRuleKeeps"]
        ),
        Example(
            testDescription: "without a good one nothing goes",
            points: [PointFixture.point(3, .unverified), PointFixture.point(4, .failed), PointFixture.point(50)],
            policy: { $0.keepWithinDays = 0 },
            expected: ["3 keep: notProven", "4 keep: tooFewGood", "50 keep: tooFewGood, archiveOnly"]
        ),
        Example(
            testDescription: "gone ones have no decision",
            points: [PointFixture.point(0), Self.with(PointFixture.point(1)) { $0.blob = nil }],
            policy: { $0.keepLast = 1 },
            expected: ["0 keep: newestGood, keepLast"]
        ),
    ]

    static func with(_ point: RecoveryPoint, _ change: (inout RecoveryPoint) -> Void) -> RecoveryPoint {
        var point = point
        change(&point)
        return point
    }

    @Test(arguments: Self.rules + Self.safeguards)
    func `is decided for each backup, with every reason`(_ example: Example) {
        #expect(Self.table(Self.plan(example.points, example.policy)) == example.expected)
    }

    @Test(arguments: RunOutcome.allCases)
    func `is nothing while the newest run is failing`(_ outcome: RunOutcome) {
        let plan = Self.plan(Self.nights, newestRun: EndedRun(run: PointFixture.run(-1), outcome: outcome)) {
            $0.keepLast = 1
        }
        #expect(plan.releases.isEmpty == (outcome != .verified))
        #expect(plan.holds.map(\.code) == (outcome == .verified ? [] : [.newestRunFailing]))
    }

    @Test func `goes on after an unverified run whose backup was proven since`() throws {
        var newest = PointFixture.point(0, .unverified)
        for _ in 0..<2 { newest.verification = newest.checked(at: Self.now) }
        // Nobody saw it to its end: within a day it may be half a backup.
        #expect(newest.condition == .unproven)
        newest.verification = newest.checked(at: Self.now + 86_400)
        let plan = Self.plan(
            [newest, PointFixture.point(1), PointFixture.point(2)],
            newestRun: EndedRun(run: PointFixture.run(0), outcome: .unverified)
        ) { $0.keepLast = 1 }
        #expect(
            Self.table(plan) == ["0 keep: newestGood, keepLast", "1 release: noRuleKeeps", "2 release: noRuleKeeps"]
        )
        #expect((plan.goodNow, plan.goodAfter) == (3, 1))
    }

    @Test func `is told in words`() {
        let plan = Self.plan(Self.nights + [PointFixture.point(33)]) { policy in
            policy.keepLast = 1
            policy.minGood = 2
            policy.keepDaily = 3
        }
        #expect(
            plan.decisions.map { $0.reasons.map(\.text).joined(separator: "; ") } == [
                "the newest good backup; good backup 1 of 2 (min-good); number 1 of the newest (keep-last 1); "
                    + "newest of the day 2026-11-24 (keep-daily 3)",
                "good backup 2 of 2 (min-good); newest of the day 2026-11-23 (keep-daily 3)",
                "newest of the day 2026-11-22 (keep-daily 3)", "no rule keeps it", "no rule keeps it",
                "expired: Azure restored it until 2026-11-21T01:00:00Z, and 5 newer good ones are there",
            ]
        )
    }
}
