import BackupDomain
import FoundationEssentials
import TestSupport
import Testing

@Suite("What holds for every policy and every container")
struct RetentionPropertiesTests {
    /// A random container: some of everything, of the last 450 days, each name once.
    static func points(_ random: inout SeededGenerator) -> [RecoveryPoint] {
        let count = Int.random(in: 0...40, using: &random)
        return (0..<count).map { index in
            // Most are of the last weeks; the fraction makes each age, and so each name, its own.
            let days = Bool.random(using: &random) ? 12 : Int.random(in: 1...450, using: &random)
            let age = Double(Int.random(in: 0...days, using: &random)) + Double(index) / 100
            var point: RecoveryPoint =
                switch Int.random(in: 0...9, using: &random) {
                case 0: PointFixture.adopted(age, seen: Int.random(in: 0...2, using: &random))
                case 1: PointFixture.adopted(age, seen: 2, isDated: false)
                case 2: PointFixture.point(age, .failed)
                case 3: PointFixture.point(age, .unverified)
                case 4: PointFixture.point(age, nil)
                default: PointFixture.point(age, bytes: Int.random(in: 900...1000, using: &random))
                }
            switch Int.random(in: 0...14, using: &random) {
            case 0: point.pin = PointFixture.pin()
            case 1: point.blob?.isLeased = true
            case 2: point.blob = nil
            case 3: point.blob?.etag = ETag("\"0x2\"")
            case 4: point.blob?.immutableUntil = PointFixture.now + 86_400
            case 5: point.openRestores = [PointFixture.restore(of: point.name)]
            default: break
            }
            return point
        }
    }

    static func policy(_ random: inout SeededGenerator, limit: Int? = nil) -> RetentionPolicy {
        func number(upTo most: Int) -> Int { max(0, Int.random(in: -most...most, using: &random)) }
        var policy = RetentionPolicy()
        policy.keepLast = number(upTo: 5)
        policy.keepHourly = number(upTo: 5)
        policy.keepDaily = number(upTo: 7)
        policy.keepWeekly = number(upTo: 4)
        policy.keepMonthly = number(upTo: 6)
        policy.keepYearly = number(upTo: 2)
        policy.keepWithinDays = Bool.random(using: &random) ? Int.random(in: 0...40, using: &random) : nil
        policy.minGood = number(upTo: 4)
        policy.maxDeletions = limit ?? Int.random(in: 1...10, using: &random)
        return policy
    }

    static func plan(_ points: [RecoveryPoint], _ policy: RetentionPolicy) -> RetentionPlan {
        RetentionPlan(points: points, policy: policy, newestRun: nil, acknowledgement: nil, now: PointFixture.now)
    }

    static let seeds = 0..<500

    /// What is wrong with a plan, in words.
    static func violations(_ plan: RetentionPlan, _ points: [RecoveryPoint], _ policy: RetentionPolicy) -> [String] {
        let good = points.filter { $0.isGood(at: PointFixture.now) }
        let newest = good.max { ($0.createdAt, $0.name) < ($1.createdAt, $1.name) }
        let gone = Set(plan.releases.map(\.point.name))
        let left = good.filter { !gone.contains($0.name) }
        var violations: [String] = []
        if left.count < min(good.count, max(1, policy.minGood)) { violations.append("too few good ones are left") }
        if let newest, gone.contains(newest.name) { violations.append("the newest good one goes") }
        if gone.count > policy.maxDeletions { violations.append("too many go") }
        if !policy.hasRules, !gone.isEmpty { violations.append("some go without a rule") }
        if plan.decisions.contains(where: \.reasons.isEmpty) { violations.append("no reason") }
        if plan.decisions.count != points.count(where: { $0.blob != nil }) {
            violations.append("a decision is missing")
        }
        if plan.goodNow != good.count || plan.goodAfter != left.count { violations.append("the counts are wrong") }
        for point in plan.releases.map(\.point) {
            if point.pin != nil { violations.append("pinned") }
            if !point.openRestores.isEmpty { violations.append("read by a restore") }
            if point.isInFlight { violations.append("in flight") }
            if point.isAdopted { violations.append("unknown") }
            if point.condition == .changed { violations.append("changed") }
            if point.blob?.isLeased != false || point.blob?.immutableUntil != nil { violations.append("protected") }
            let isReplaced = newest.map { $0.createdAt > point.createdAt } ?? false
            if point.condition == .unproven, !isReplaced { violations.append("unproven and newest") }
        }
        return violations
    }

    @Test
    func
        `enough good ones stay, and nothing goes that is pinned, in flight, restored, unproven and newest, or unknown`()
    {
        var released = 0
        for seed in Self.seeds {
            var random = SeededGenerator(seed: seed)
            let points = Self.points(&random)
            let policy = Self.policy(&random)
            let plan = Self.plan(points, policy)
            released += plan.releases.count
            #expect(Self.violations(plan, points, policy).isEmpty, "seed \(seed)")
        }
        // A plan that never releases would pass all of this.
        #expect(released > Self.seeds.count)
    }

    @Test func `releasing is idempotent`() {
        for seed in Self.seeds {
            var random = SeededGenerator(seed: seed)
            var points = Self.points(&random)
            let policy = Self.policy(&random, limit: 1000)
            let gone = Set(Self.plan(points, policy).releases.map(\.point.name))
            for index in points.indices where gone.contains(points[index].name) { points[index].blob = nil }
            let again = Self.plan(points, policy)
            #expect(again.releases.isEmpty, "seed \(seed)")
        }
    }

    @Test func `a further rule never releases more`() {
        for seed in Self.seeds {
            var random = SeededGenerator(seed: seed)
            let points = Self.points(&random)
            var policy = Self.policy(&random, limit: 1000)
            guard policy.hasRules else { continue }
            let before = Set(Self.plan(points, policy).releases.map(\.point.name))
            let more = Self.policy(&random, limit: 1000)
            policy.keepLast += more.keepLast
            policy.keepHourly += more.keepHourly
            policy.keepDaily += more.keepDaily
            policy.keepWeekly += more.keepWeekly
            policy.keepMonthly += more.keepMonthly
            policy.keepYearly += more.keepYearly
            policy.keepWithinDays = [policy.keepWithinDays, more.keepWithinDays].compactMap(\.self).max()
            policy.minGood += more.minGood
            let after = Set(Self.plan(points, policy).releases.map(\.point.name))
            #expect(after.isSubset(of: before), "seed \(seed)")
        }
    }

    @Test func `neither the order of the points nor a smaller limit changes what is due`() {
        for seed in Self.seeds {
            var random = SeededGenerator(seed: seed)
            let points = Self.points(&random)
            var policy = Self.policy(&random, limit: 1000)
            let plan = Self.plan(points, policy)
            #expect(Self.plan(points.shuffled(using: &random), policy) == plan, "seed \(seed)")
            policy.maxDeletions = 2
            #expect(Self.plan(points, policy).releases == Array(plan.releases.prefix(2)), "seed \(seed)")
        }
    }
}
