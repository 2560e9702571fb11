import BackupDomain
import BackupEngine
import Foundation

/// What `prune` decides and does, as a table with reasons or as JSON.
struct PrunePrinter: Sendable {
    private static let right = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete"

    let terminal: Terminal
    let account: String
    let isDryRun: Bool
    /// Whether this identity may delete; nil where nobody asked, or Azure did not say.
    var mayDelete: Bool?
    /// The commands that let this identity delete and write nothing; nil where what they name is not known.
    var grant: String?

    func document(_ ends: [PruneEnd], kept: DeletedBlobRetention?) -> PruneDocument {
        let days: Int? =
            switch kept {
            case .days(let days): days
            case .nothing: 0
            case .unknown, nil: nil
            }
        return PruneDocument(
            dryRun: self.isDryRun,
            instances: ends.map { end in
                var instance = PruneDocument.Instance(end, account: self.account, softDeleteDays: days)
                instance.mayDelete = self.mayDelete
                return instance
            },
            softDeleteDays: days
        )
    }

    /// Prints the names of what is deleted, or, in a dry run, of what would be.
    func printNames(_ ends: [PruneEnd]) {
        for case .report(let report) in ends {
            let names =
                self.isDryRun
                ? report.plan.releases.map(\.point.name)
                : report.results.filter { $0.state == .deleted }.map(\.point.name)
            for name in names { self.terminal.print(name) }
        }
    }

    func printPlan(_ plan: RetentionPlan, of key: InstanceKey) {
        let title = Style.strong.apply(key.instanceName, isOn: self.terminal.abilities.colorsOutput)
        let released = plan.releases.count
        self.terminal.print(
            "\(title): \(Self.count(plan.decisions.count, "backup")), \(plan.goodNow) good. \(released) to release; "
                + "\(plan.goodAfter) good will be left."
        )
        let rows = plan.decisions.map { decision in
            [
                self.styled(decision.verdict), Quantities.minute(decision.point.createdAt),
                decision.point.blob.map { Quantities.size($0.bytes) } ?? "-", decision.point.name,
                decision.reasons.map(\.text).joined(separator: "; "),
            ]
        }
        if !rows.isEmpty {
            let columns: [Table.Column] = [
                .init("VERDICT"), .init("CREATED (UTC)"), .init("SIZE", isRightAligned: true), .init("BACKUP"),
                .init("WHY"),
            ]
            for line in Table(columns, rows: rows).lines { self.terminal.print(line) }
        }
        for hold in plan.holds { self.printHold(hold, of: key) }
    }

    private func printHold(_ hold: RetentionReason, of key: InstanceKey) {
        let isAlarm = hold.code == .shrinkGuard
        let label = (isAlarm ? Style.bad : .warning).apply(
            isAlarm ? "alarm" : "held back",
            isOn: self.terminal.abilities.colorsErrors
        )
        self.terminal.note("\(label): nothing of \(key.instanceName) is deleted: \(hold.text).")
        switch hold.code {
        case .shrinkGuard:
            self.terminal.note(
                "  If that is as it should be: apim-backup acknowledge \(key.instanceName) --reason WHY "
                    + "--storage-account \(self.account)"
            )
        case .noRules:
            self.terminal.note("  Rules are --keep-last, --keep-hourly … --keep-yearly and --keep-within, such as 30d.")
        default: break
        }
    }

    func printResults(_ report: PruneReport) {
        for result in report.results where result.state != .handedOver {
            let style: Style =
                switch result.state {
                case .deleted: .good
                case .kept, .handedOver: .warning
                case .failed: .bad
                }
            let word = style.apply(result.state.rawValue, isOn: self.terminal.abilities.colorsOutput)
            let detail = result.detail.map { ": \($0)" } ?? ""
            self.terminal.print("\(word)  \(result.point.name)\(detail)")
        }
        if let failure = report.failure { ErrorPrinter(terminal: self.terminal).print(failure) }
        if let denial = report.denial { self.printDenial(denial, report.results.filter { $0.state == .handedOver }) }
    }

    /// Says who may not delete, what another identity should run, and last what would let this one do it.
    private func printDenial(_ denial: BackupError, _ handedOver: [PruneResult]) {
        let label = Style.warning.apply("not allowed", isOn: self.terminal.abilities.colorsErrors)
        self.terminal.note("\(label): \(denial.message)")
        if let azure = denial.azure { self.terminal.note("  Azure: \(azure)") }
        self.terminal.note(
            "  No backup was changed. In the hardened set-up that is as intended: who makes backups cannot delete them."
        )
        self.terminal.note("Another identity should delete \(Self.count(handedOver.count, "backup")):")
        for result in handedOver { self.terminal.print(DeleteCommand.az(result.point, account: self.account)) }
        guard let advice = self.grant.map({ "a role that reads and deletes and writes none: \($0)" }) else {
            if let remedy = denial.remedy { self.terminal.note("  What to do: \(remedy)") }
            return
        }
        self.terminal.note("Only where this identity is to delete by itself, give it \(advice)")
    }

    func printEnd(_ ends: [PruneEnd], kept: DeletedBlobRetention?) {
        let reports = ends.compactMap { end in if case .report(let report) = end { report } else { nil } }
        let released = reports.flatMap(\.plan.releases)
        guard let kept else { return }
        if self.isDryRun {
            let right =
                switch self.mayDelete {
                case false?:
                    "This identity lacks the right to delete, \(Self.right): 'prune' would name the backups for another "
                        + "identity, and exit with 4."
                case true?: "This identity has the right to delete."
                case nil: "Deleting takes the right \(Self.right) on the container."
                }
            self.terminal.note("Nothing was deleted: this was a dry run. \(right)")
        }
        let deleted = reports.flatMap(\.results).filter { $0.state == .deleted }
        let isVersioned = released.contains { $0.point.blob?.isVersioned == true }
        let isRecoverable = deleted.contains { $0.isPermanent == false }
        self.terminal.note(Self.afterwards(kept, isVersioned: isVersioned, isRecoverable: isRecoverable))
    }

    private static func afterwards(_ kept: DeletedBlobRetention, isVersioned: Bool, isRecoverable: Bool) -> String {
        switch kept {
        case _ where isVersioned:
            "The account keeps versions: the bytes stay as earlier versions until something removes those."
        case .days(let days):
            "The account keeps the bytes of deleted blobs for \(Self.count(days, "day")) (soft delete)."
        case _ where isRecoverable: "The service says that the bytes can be recovered for some time."
        case .nothing: "The account keeps nothing of deleted blobs."
        case .unknown: "The bytes may stay for some time: whether the account keeps deleted blobs could not be read."
        }
    }

    private func styled(_ verdict: RetentionDecision.Verdict) -> String {
        let style: Style =
            switch verdict {
            case .keep: .good
            case .release: .bad
            case .withheld: .warning
            }
        return style.apply(verdict.rawValue, isOn: self.terminal.abilities.colorsOutput)
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
