import BackupDomain
import Foundation
import TestSupport

/// Instances with nights behind them, by values.
enum WatchFixture {
    static let day = 86_400.0
    /// 2026-11-24T01:00:00Z, a night.
    static let night = Date(timeIntervalSince1970: 1_795_482_000)
    static let account = "contosobackups"

    /// The summary of runs, oldest first.
    static func summary(_ records: [RunRecord]) -> InstanceSummary? {
        guard let first = records.first else { return nil }
        return records.dropFirst().reduce(into: InstanceSummary(first)) { $0.note($1) }
    }

    /// The record of the night so many days before ``night``.
    static func record(
        _ days: Double,
        begun late: TimeInterval = 0,
        _ outcome: RunOutcome? = .verified,
        of instance: String = "contoso-apim",
        code: BackupError.Code = .backupFailed,
        bytes: Int = 614_400
    ) -> RunRecord {
        var record = RunRecord.sample(of: instance, at: self.night - days * self.day, outcome: outcome, bytes: bytes)
        if record.error != nil { record.error?.code = code }
        for index in record.history.indices { record.history[index].at += late }
        return record
    }

    /// An instance with a schedule at one o'clock each night, and some runs.
    static func watch(_ instance: String = "contoso-apim", _ records: [RunRecord]) -> InstanceWatch {
        var watch = InstanceWatch(instance: .sample(named: instance), storageAccount: self.account)
        watch.summary = self.summary(records)
        watch.expected = (0..<3).map { ExpectedRun(nominalAt: self.night - Double($0) * self.day) }
        watch.next = ExpectedRun(nominalAt: self.night + self.day)
        return watch
    }

    static func alert(
        _ kind: AlertKind = .failed,
        _ instance: String = "contoso-apim",
        code: String = "permissionDenied",
        isMuted: Bool = false
    ) -> Alert {
        Alert(
            kind: kind,
            cause: AlertCause(code: code, scope: self.account),
            instance: InstanceKey(.sample(named: instance)),
            name: instance,
            since: self.night,
            text: "Something is wrong.",
            isMuted: isMuted
        )
    }

    /// A look at instances of these names, of which some have alerts.
    static func round(
        _ alerts: [Alert],
        at: Date,
        of names: [String] = ["contoso-apim"],
        isFinal: Bool = false
    ) -> AlertRound {
        let observed = Dictionary(
            (names + alerts.map(\.name)).map { (InstanceKey(.sample(named: $0)), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return AlertRound(alerts: alerts, observed: observed, at: at, isFinal: isFinal)
    }
}
