import AzureClient
import BackupDomain
import Foundation
import TestSupport

@testable import Notifications

/// Notices of every kind, as a ledger writes them.
enum Notices {
    static let night = Date(timeIntervalSince1970: 1_795_482_000)

    static func alert(_ kind: AlertKind, _ instance: String, _ text: String, code: String) -> Alert {
        let id = ResourceID.sample(named: instance)
        return Alert(
            kind: kind,
            cause: AlertCause(code: code, scope: "contosobackups"),
            instance: InstanceKey(id),
            name: instance,
            since: self.night,
            text: text,
            run: RunID(instance: id, nominalAt: self.night)
        )
    }

    private static func notices(_ alerts: [Alert], _ rounds: [TimeInterval]) -> [Notice] {
        var ledger = IncidentLedger()
        let observed = Dictionary(alerts.map { ($0.instance, $0.name) }) { first, _ in first }
        for (index, seconds) in rounds.enumerated() {
            let isLast = rounds.count > 1 && index == rounds.count - 1
            ledger.take(
                AlertRound(alerts: isLast ? [] : alerts, observed: observed, at: self.night + seconds, isFinal: true),
                rules: AlertRules(),
                routes: [NoticeRoute(channel: "chat")]
            )
        }
        return ledger.notices
    }

    static let failure = BackupError(
        .permissionDenied,
        "The identity 0b1ec7 lacks Microsoft.ApiManagement/service/backup/action on contoso-apim.",
        remedy: "Grant it the role 'API Management Service Operator Role' there.",
        azure: AzureFault(
            status: 403,
            code: "AuthorizationFailed",
            message: "The client <0b1ec7> does not have authorization & more.",
            requestID: "5a0b1c2d-0000-4000-8000-000000000001"
        )
    )

    static let opened: Notice = {
        let text = "The run of 2026-11-24T01:00:00Z ended refused (permissionDenied)."
        var notice = notices([alert(.failed, "contoso-apim", text, code: "permissionDenied")], [600])[0]
        notice.error = failure
        return notice
    }()

    static let many: Notice = {
        let names = (10..<60).map { "apim-\($0)" }
        let text = "The run of 2026-11-24T01:00:00Z never began: the scheduler was not running."
        return notices(names.map { alert(.missed, $0, text, code: "missed") }, [7200])[0]
    }()

    static let recovered: Notice = {
        notices([alert(.failed, "contoso-apim", "It failed.", code: "backupFailed")], [600, 87_000])[1]
    }()

    static let digest: Notice = {
        var ledger = IncidentLedger()
        for (day, verdict) in [ProtectionStatus.Verdict.protected, .atRisk].enumerated() {
            let due = night + Double(day) * 86_400 + 21_600
            let verdicts = [
                InstanceKey(.sample(named: "contoso-apim")): verdict,
                InstanceKey(.sample(named: "adatum-apim")): .protected,
            ]
            ledger.digest(verdicts, dueAt: due, at: due, routes: [NoticeRoute(channel: "chat", events: [.digest])])
        }
        return ledger.notices[0]
    }()

    static let test = Notice(id: "test-20261124T010000Z", event: .test, at: night)

    static let all = [
        ("opened", opened), ("many", many), ("recovered", recovered), ("digest", digest), ("test", test),
    ]

    /// A poster whose clock moves by itself.
    static func poster(
        _ transport: any HTTPTransport,
        _ clock: ManualClock = ManualClock(sleeping: .advances)
    ) -> NoticePoster {
        NoticePoster(
            transport: transport,
            clock: clock,
            random: RandomSource(Steady()),
            program: "apim-backup 0.1.0"
        )
    }

    /// A generator that always gives the same.
    struct Steady: RandomNumberGenerator, Sendable {
        mutating func next() -> UInt64 { 1 << 63 }
    }
}
