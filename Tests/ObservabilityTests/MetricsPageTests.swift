import BackupDomain
import CoreMetrics
import Foundation
import Observability
import Synchronization
import TestSupport
import Testing

@Suite("The page of metrics")
struct MetricsPageTests {
    static let night = Date(timeIntervalSince1970: 1_795_482_000)
    static let now = night + 7200

    static func summary(_ records: [RunRecord]) -> InstanceSummary {
        records.dropFirst().reduce(into: InstanceSummary(records[0])) { $0.note($1) }
    }

    static func line(_ name: String, _ records: [RunRecord], _ verdict: ProtectionStatus.Verdict) -> JudgedInstance {
        var watch = InstanceWatch(instance: .sample(named: name), storageAccount: "contosobackups")
        watch.summary = records.isEmpty ? nil : self.summary(records)
        watch.next = ExpectedRun(nominalAt: self.night + 86_400)
        watch.ageLimit = AgeLimit()
        return JudgedInstance(watch: watch, verdict: verdict)
    }

    static let lines = [
        line("contoso-apim", [.sample(at: night - 86_400), .sample(at: night)], .protected),
        line(
            "adatum-apim",
            [
                .sample(of: "adatum-apim", at: night - 2 * 86_400),
                .sample(of: "adatum-apim", at: night - 86_400, outcome: .failed),
                .sample(of: "adatum-apim", at: night, outcome: .refused),
            ],
            .atRisk
        ),
        line("fabrikam-apim", [.sample(of: "fabrikam-apim", at: night, outcome: nil)], .unprotected),
        line("new-apim", [], .unprotected),
    ]

    static func page(
        _ process: ProcessMetrics,
        clock: ManualClock = ManualClock(now: now),
        read: @escaping @Sendable (Date) async throws -> MetricsPage.Reading
    ) -> MetricsPage {
        MetricsPage(
            process: process,
            version: "0.1.0",
            clock: clock,
            gauges: { [MetricFamily(.schedulerTickAge, [MetricSample(12.5)])] },
            read: read
        )
    }

    @Test func `counts the backups that others made, as status does`() throws {
        let until = Self.night + 30 * 86_400
        let text = #"""
            {"version": 1, "checkedAt": "\#(Self.night.iso8601)", "points": [
              {"name": "a", "bytes": 5, "createdAt": "\#(Self.night.iso8601)", "restorableUntil": "\#(until.iso8601)"},
              {"name": "b", "bytes": 5, "createdAt": "\#(Self.night.iso8601)", "restorableUntil": "\#(Self.night.iso8601)"}
            ]}
            """#
        var line = Self.line("contoso-apim", [.sample(at: Self.night - 86_400)], .protected)
        line.watch.adopted = try JSONDecoder.stable().decode(AdoptedBackups.self, from: Data(text.utf8))
        let values = WatchMetrics([line], at: Self.now).families.map { ($0.name, $0.samples.map(\.value)) }
        let figures = Dictionary(values) { first, _ in first }
        #expect(figures[.recoveryPoints] == [2])
        #expect(figures[.restorableUntil] == [until.timeIntervalSince1970])
    }

    @Test func `counts what the doctor found, and says nothing of an instance that it has not looked at`() {
        var line = Self.line("contoso-apim", [.sample(at: Self.night - 86_400)], .protected)
        let unseen = Self.line("fabrikam-apim", [], .unprotected)
        var checkup = CheckupRecord(instance: line.watch.instance)
        let verdicts: [CheckVerdict] = [.fault, .ok, .warning, .fault, .notChecked]
        checkup.take(
            verdicts.enumerated().map { CheckObservation(check: "check-\($0)", verdict: $1, text: "It is so.") },
            at: Self.night
        )
        line.watch.checkup = checkup
        let values = WatchMetrics([line, unseen], at: Self.now).families.map { ($0.name, $0.samples.map(\.value)) }
        let figures = Dictionary(values) { first, _ in first }
        #expect(figures[.doctorFaults] == [2])
        #expect(figures[.doctorWarnings] == [1])
        #expect(figures[.lastCheckup] == [Self.night.timeIntervalSince1970])
    }

    @Test func `says of each instance what its catalog says, and of the process what it counted`() async throws {
        let process = ProcessMetrics()
        Counter(label: "apim_backup_throttle_waits_total", factory: process).increment(by: 3)
        FloatingPointCounter(label: "apim_backup_throttle_wait_seconds_total", factory: process).increment(by: 1.25)
        Counter(
            label: "apim_backup_notices_failed_total",
            dimensions: [("channel", "ops \"chat\"\\\n")],
            factory: process
        )
        .increment()
        let page = Self.page(process) { now in
            var ledger = IncidentLedger()
            let alerts = Self.lines.flatMap { $0.watch.alerts(at: now, rules: AlertRules()) }
            let observed = Dictionary(uniqueKeysWithValues: Self.lines.map { ($0.watch.key, $0.watch.instance.name) })
            ledger.take(
                AlertRound(alerts: alerts, observed: observed, at: now, isFinal: true),
                rules: AlertRules(),
                routes: [NoticeRoute(channel: "ops")]
            )
            return MetricsPage.Reading(
                families: WatchMetrics(Self.lines, at: now).families
                    + LedgerMetrics(ledger, channels: ["ops"]).families,
                accounts: ["contosobackups": true],
                readAt: .zero
            )
        }
        try Golden.expect(try await page.text(), matches: "metrics")
    }

    @Test func `reads the catalog once in a while, and once for all who ask at the same time`() async throws {
        let clock = ManualClock(now: Self.now)
        let reads = Mutex(0)
        let page = Self.page(ProcessMetrics(), clock: clock) { _ in
            reads.withLock { $0 += 1 }
            await Task.yield()
            return MetricsPage.Reading(families: [], accounts: [:], readAt: clock.uptime)
        }
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await page.text() } }
            for try await text in group { #expect(text.contains("apim_backup_build_info{version=\"0.1.0\"} 1")) }
        }
        #expect(reads.withLock(\.self) == 1)
        clock.advance(by: .seconds(14))
        #expect(try await page.text().contains("apim_backup_catalog_age_seconds 14\n"))
        #expect(reads.withLock(\.self) == 1)
        clock.advance(by: .seconds(1))
        _ = try await page.text()
        #expect(reads.withLock(\.self) == 2)
    }

    @Test func `says how old what was read is, also where a newer reading has not come in time`() async throws {
        let clock = ManualClock(now: Self.now)
        let page = Self.page(ProcessMetrics(), clock: clock) { _ in
            MetricsPage.Reading(families: [], accounts: ["contosobackups": false], readAt: .seconds(5))
        }
        clock.advance(by: .seconds(65))
        let text = try await page.text()
        #expect(text.contains("apim_backup_catalog_age_seconds 60\n"), "\(text)")
        let empty = Self.page(ProcessMetrics(), clock: clock) { _ in
            MetricsPage.Reading(families: [], accounts: ["contosobackups": false], readAt: nil)
        }
        #expect(try await !empty.text().contains("apim_backup_catalog_age_seconds"))
    }

    @Test func `does not call what has no backup without one`() {
        var line = Self.line("tailwind-apim", [], .unprotected)
        func points() -> [Double] {
            WatchMetrics([line], at: Self.now).families.first { $0.name == .recoveryPoints }?.samples.map(\.value) ?? []
        }
        #expect(points() == [0])
        line.watch.isInventoryOnly = true
        #expect(points() == [])
        line.watch.summary = Self.summary([.sample(at: Self.night)])
        #expect(points() == [1])
    }

    @Test func `counts nothing under names that are not ours, and no more than so many series`() {
        let process = ProcessMetrics()
        Counter(label: "http_requests", factory: process).increment()
        Gauge(label: "apim_backup_recovery_points", factory: process).record(5)
        Timer(label: "apim_backup_runs_ended_total", factory: process).recordSeconds(5)
        #expect(process.families.isEmpty)
        for number in 0..<500 {
            Counter(label: "apim_backup_runs_ended_total", dimensions: [("outcome", "\(number)")], factory: process)
                .increment()
        }
        #expect(process.families.flatMap(\.samples).count == 200)
    }

    @Test func `a counter is there from the beginning`() {
        let process = ProcessMetrics()
        let counter = Counter(label: "apim_backup_notices_sent_total", dimensions: [("channel", "a")], factory: process)
        #expect(process.families.map(\.samples) == [[MetricSample(0, [.init("channel", "a")])]])
        counter.increment()
        #expect(process.families.map(\.samples) == [[MetricSample(1, [.init("channel", "a")])]])
    }

    @Test func `rules, dashboards and the documentation know these metrics and no others`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let known = Set(MetricName.allCases.map(\.rawValue))
        func used(_ path: String) throws -> Set<String> {
            let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            return Set(text.matches(of: /apim_backup_[a-z_]+[a-z]/).map { String($0.output) })
        }
        for path in [
            "deploy/prometheus/apim-backup.rules.yml", "deploy/prometheus/apim-backup.test.yml",
            "deploy/grafana/apim-backup.json",
        ] {
            let names = try used(path)
            #expect(!names.isEmpty)
            #expect(names.subtracting(known) == [], "\(path)")
        }
        #expect(try used("docs/metrics.md") == known)
    }
}
