import BackupDomain
import BackupEngine
import Foundation
import Inventory

/// A record in words.
struct RecordPrinter {
    let terminal: Terminal

    /// Prints everything but the service's own resource, which `--format json` shows.
    ///
    /// - Parameter record: The record.
    func print(_ record: RunRecord) {
        self.section("Run", self.run(record))
        if let restore = record.restore { self.section("Restore", self.restore(restore)) }
        if let backup = record.backup { self.section("Backup", self.backup(backup)) }
        if let inventory = record.inventory { self.section("Inventory", self.inventory(inventory)) }
        if let error = record.error { self.section("Error", self.error(error)) }
        if !record.warnings.isEmpty { self.section("Warnings", record.warnings.map { ("", $0) }) }
        self.section(
            "History (UTC)",
            record.history.map { change in
                (
                    change.at.wholeSeconds.iso8601,
                    [change.state.rawValue, change.detail].compactMap(\.self).joined(separator: ": ")
                )
            }
        )
        for attempt in record.attempts { self.section("POST \(attempt.number)", self.attempt(attempt)) }
        if let command = record.restoreCommand { self.section("To restore it without this program", [("", command)]) }
    }

    /// Prints a record with what the catalog's other documents say of its backup; what is wrong with the backup now comes first.
    ///
    /// - Parameter shown: The record with them.
    func print(_ shown: ShownRecord) {
        let wrong = shown.now?.facts(of: shown.record) ?? []
        if !wrong.isEmpty { self.section("The backup now", wrong) }
        self.print(shown.usable)
        for (title, facts) in shown.sections { self.section(title, facts) }
    }

    /// Prints what is known of a backup that no record names.
    ///
    /// - Parameters:
    ///   - point: The backup.
    ///   - now: The present instant.
    func print(adopted point: RecoveryPoint, at now: Date) {
        let facts: [(String, String?)] = [
            ("name", point.name), ("instance", point.instance?.instanceName ?? "its name does not tell"),
            ("container", point.container),
            ("made by", "others: no record of ours names it, and prune never deletes it"),
            ("state", "\(point.condition.rawValue)\(point.isGood(at: now) ? ", counts as good" : "")"),
            ("size", point.blob.map { Quantities.exactSize($0.bytes) }),
            ("created", point.createdAt.iso8601), ("restorable until", point.restorableUntil.iso8601),
            ("ETag", point.blob?.etag.text), ("MD5", point.blob?.contentMD5),
        ]
        self.section("Adopted backup", facts.compactMap { label, text in text.map { (label, $0) } })
        let documents = BackupDocuments(verification: point.verification, pin: point.pin, deletion: point.deletion)
        for (title, facts) in documents.sections { self.section(title, facts) }
    }

    private func run(_ record: RunRecord) -> [(String, String)] {
        let safety = record.beforeRestoreOf.map { [("made before", "a restore of \($0)")] } ?? []
        return [
            ("run", record.run.text),
            ("outcome", record.outcome?.rawValue ?? "under way (\(record.state.rawValue))"),
            ("instance", record.instance.id.text),
            ("tier", "\(record.instance.tier), \(record.instance.units) unit\(record.instance.units == 1 ? "" : "s")"),
            ("region", record.instance.location),
            ("nominal time", record.nominalAt.iso8601),
            ("trigger", record.trigger.rawValue),
            ("container", "\(record.storage.account)/\(record.storage.container)"),
            ("access", [record.access.type, record.access.clientID].compactMap(\.self).joined(separator: " ")),
            ("api-version", record.azureAPIVersion),
            ("written by", record.program),
        ] + safety
    }

    private func restore(_ restore: RecordedRestore) -> [(String, String)] {
        let facts: [(String, String?)] = [
            ("backup", restore.backup.name), ("where", "\(restore.backup.account)/\(restore.backup.container)"),
            ("made by run", restore.run?.text), ("from", restore.source?.id.text),
            (
                "confirmed",
                "as '\(restore.confirmation.name)' \(restore.confirmation.at.iso8601) by \(restore.confirmation.by)"
            ),
            ("safety backup", restore.safetyBackup.map { "run \($0)" } ?? "none"),
        ]
        return facts.compactMap { label, text in text.map { (label, $0) } }
    }

    private func backup(_ backup: RecordedBackup) -> [(String, String)] {
        let facts: [(String, String?)] = [
            ("name", backup.name),
            ("size", backup.bytes.map { "\(Quantities.size($0)) (\($0) bytes)" }),
            ("created", backup.createdAt?.iso8601),
            ("restorable until", backup.restorableUntil?.iso8601),
            ("ETag", backup.etag?.text),
            ("MD5", backup.contentMD5),
        ]
        return facts.compactMap { label, text in text.map { (label, $0) } }
    }

    private func inventory(_ inventory: RecordedInventory) -> [(String, String)] {
        let facts: [(String, String?)] = [
            ("level", inventory.level.rawValue), ("taken", inventory.takenAt.wholeSeconds.iso8601),
            ("holds", inventory.counts.map { InventoryCounts($0).words }),
            ("since the one before", inventory.changes.map { InventoryCounts.words($0) }),
            ("lists missing", inventory.gaps.flatMap { $0 == 0 ? nil : String($0) }), ("SHA-256", inventory.digest),
            ("not taken", inventory.error.map { "\($0)" }),
        ]
        return facts.compactMap { label, text in text.map { (label, $0) } }
    }

    private func error(_ error: BackupError) -> [(String, String)] {
        let facts: [(String, String?)] = [
            ("code", error.code.name), ("", error.message),
            ("Azure", error.azure.map { "\($0)" }),
            ("what to do", error.remedy),
        ]
        return facts.compactMap { label, text in text.map { (label, $0) } }
    }

    private func attempt(_ attempt: RunAttempt) -> [(String, String)] {
        let facts: [(String, String?)] = [
            ("name", attempt.backupName), ("intended", attempt.intendedAt.iso8601),
            ("submission", attempt.submission.rawValue), ("answered", attempt.answeredAt?.iso8601),
            ("request", attempt.requestID), ("correlation", attempt.correlationID), ("operation", attempt.location),
        ]
        return facts.compactMap { label, text in text.map { (label, $0) } }
    }

    private func section(_ title: String, _ facts: [(String, String)]) {
        self.terminal.print(Style.strong.apply(title, isOn: self.terminal.abilities.colorsOutput))
        for (label, text) in facts {
            let padding = label.isEmpty ? "" : String(repeating: " ", count: max(1, 22 - label.count))
            self.terminal.print("  \(label)\(padding)\(text)")
        }
    }
}
