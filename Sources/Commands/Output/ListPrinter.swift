import BackupDomain
import BackupEngine
import Foundation

/// A listing as a table or as JSON.
struct ListPrinter {
    /// One element of `list --format json`.
    struct Row: Encodable {
        var state: String
        var instance: String?
        var run: RunID?
        var at: Date
        var backupName: String?
        var bytes: Int?
        var ageSeconds: Int
        var restorableUntil: Date?
        var restorable: Bool
        var pinned: Bool
        var pinReason: String?
    }

    let terminal: Terminal
    let now: Date

    func printDocument(_ backups: [ListedBackup]) {
        self.terminal.printDocument(
            backups.map { backup in
                Row(
                    state: backup.state.word,
                    instance: backup.instance,
                    run: backup.run,
                    at: backup.at,
                    backupName: backup.backupName,
                    bytes: backup.bytes,
                    ageSeconds: Int(max(0, self.now.timeIntervalSince(backup.at))),
                    restorableUntil: backup.restorableUntil,
                    restorable: backup.restorableUntil.map { $0 > self.now } ?? false,
                    pinned: backup.pin != nil,
                    pinReason: backup.pin?.reason
                )
            }
        )
    }

    func printNames(_ backups: [ListedBackup]) {
        for name in backups.compactMap(\.backupName) { self.terminal.print(name) }
    }

    func printTable(_ backups: [ListedBackup], container: String) {
        guard !backups.isEmpty else {
            self.terminal.note("There is no backup in \(container).")
            return
        }
        let columns: [Table.Column] = [
            .init("TIME (UTC)"), .init("INSTANCE"), .init("STATE"), .init("SIZE", isRightAligned: true),
            .init("AGE", isRightAligned: true), .init("RESTORABLE UNTIL"), .init("BACKUP"),
        ]
        let rows = backups.map { backup in
            [
                Quantities.minute(backup.at), backup.instance ?? "-",
                self.styled(backup.state) + (backup.pin == nil ? "" : ", pinned"),
                backup.bytes.map(Quantities.size) ?? "-", Quantities.age(of: backup.at, at: self.now),
                self.restorable(backup), backup.backupName ?? "-",
            ]
        }
        for line in Table(columns, rows: rows).lines { self.terminal.print(line) }
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
            case .ended(.verified): .good
            case .underWay, .unrecorded, .ended(.unverified), .ended(.unknown), .ended(.busy), .ended(.interrupted):
                .warning
            case .missing, .pruned, .ended(.failed), .ended(.refused): .bad
            }
        return style.apply(state.word, isOn: self.terminal.abilities.colorsOutput)
    }
}
