import BackupDomain
import BackupEngine
import Foundation

/// A listing as a table or as JSON.
struct ListPrinter {
    /// One element of `list --format json`.
    struct Row: Encodable {
        var state: String
        var account: String
        var instance: String?
        var run: RunID?
        var at: Date
        var backupName: String?
        var bytes: Int?
        /// The size that the run saw: another than `bytes` where somebody wrote over the blob.
        var recordedBytes: Int?
        var ageSeconds: Int
        var restorableUntil: Date?
        var restorable: Bool
        var pinned: Bool
        var pinReason: String?
        var leftOut: LeftOutTimes?
        /// Why the record is refused that only a newer release can honour; nil for all others.
        var refusal: String?
    }

    /// A backup with the storage account that it is in.
    struct Line {
        var backup: ListedBackup
        var account: String
    }

    /// How many instances are named where the one that was asked for has no backup.
    private static let mostOthers = 10

    let terminal: Terminal
    let now: Date

    func printDocument(_ lines: [Line]) {
        self.terminal.printDocument(
            lines.map { line in
                let backup = line.backup
                return Row(
                    state: backup.state.word,
                    account: line.account,
                    instance: backup.instance,
                    run: backup.run,
                    at: backup.at,
                    backupName: backup.backupName,
                    bytes: backup.bytes,
                    recordedBytes: backup.recordedBytes,
                    ageSeconds: Int(max(0, self.now.timeIntervalSince(backup.at))),
                    restorableUntil: backup.restorableUntil,
                    restorable: backup.restorableUntil.map { $0 > self.now } ?? false,
                    pinned: backup.pin != nil,
                    pinReason: backup.pin?.reason,
                    leftOut: backup.leftOut.map(LeftOutTimes.init),
                    refusal: Self.refusal(backup)
                )
            }
        )
    }

    func printNames(_ lines: [Line]) {
        for name in lines.compactMap(\.backup.backupName) { self.terminal.print(name) }
    }

    func printTable(_ lines: [Line], places: [String], of instance: String? = nil, others: [String] = []) {
        guard !lines.isEmpty else {
            self.terminal.note(Self.nothing(in: places, of: instance, others: others))
            return
        }
        let isWide = places.count > 1
        let columns: [Table.Column] = [
            .init("TIME (UTC)"), .init("INSTANCE"), .init("STATE"), .init("SIZE", isRightAligned: true),
            .init("AGE", isRightAligned: true), .init("RESTORABLE UNTIL"), .init("BACKUP"),
        ]
        let rows = lines.map { line in
            let backup = line.backup
            return [
                Quantities.minute(backup.at), backup.instance ?? "-",
                self.styled(backup.state) + (backup.pin == nil ? "" : ", pinned"),
                backup.bytes.map(Quantities.size) ?? "-", Quantities.age(of: backup.at, at: self.now),
                self.restorable(backup), Self.refusal(backup) ?? backup.backupName ?? Self.reason(backup) ?? "-",
            ] + (isWide ? [line.account] : [])
        }
        let table = Table(columns + (isWide ? [.init("ACCOUNT")] : []), rows: rows)
        for line in table.lines { self.terminal.print(line) }
    }

    private static func nothing(in places: [String], of instance: String?, others: [String]) -> String {
        let place = places.joined(separator: ", ")
        guard let instance, !others.isEmpty else { return "There is no backup in \(place)." }
        let named = others.prefix(Self.mostOthers).joined(separator: ", ")
        let more = others.count > Self.mostOthers ? " and \(others.count - Self.mostOthers) more" : ""
        return "'\(instance)' has no backup in \(place). Recorded there: \(named)\(more)."
    }

    private static func refusal(_ backup: ListedBackup) -> String? {
        if case .refused(let record) = backup.state { record.notice } else { nil }
    }

    private static func reason(_ backup: ListedBackup) -> String? {
        guard let entry = backup.leftOut, let reason = entry.reason?.text else { return nil }
        return entry.count == 1 ? reason : "\(reason) (until \(Quantities.minute(entry.until)))"
    }

    private func restorable(_ backup: ListedBackup) -> String {
        guard let until = backup.restorableUntil else { return "-" }
        return until > self.now ? Quantities.minute(until) : "expired"
    }

    private func styled(_ state: ListedBackup.State) -> String {
        // Nothing to be glad of, and nothing to worry about.
        if state == .pruned { return state.word }
        let style: Style =
            switch state {
            case .ended(.verified), .ended(.inventoried): .good
            case .underWay, .unrecorded, .leftOut(.missed), .leftOut(.skipped), .leftOut(.run), .ended(.unverified),
                .ended(.unknown), .ended(.busy), .ended(.interrupted):
                .warning
            case .missing, .lost, .pruned, .refused, .leftOut(.failed), .ended(.failed), .ended(.refused): .bad
            }
        return style.apply(state.word, isOn: self.terminal.abilities.colorsOutput)
    }
}
