import BackupDomain
import Deployment
import Doctor
import FoundationEssentials

/// One instance on the page for the day itself, as far as its records tell.
struct RunbookEntry: Sendable {
    /// The instance's name.
    var name: String
    /// The storage account.
    var account: String
    /// The container of backups.
    var container: String
    /// The container of records.
    var catalogContainer: String
    /// The resource id of the container of backups; nil where the account was not found.
    var containerID: String?
    /// The record of the newest verified backup that is there and that Azure still restores; nil where there is none, or it could not
    /// be read.
    var newest: RunRecord?
    /// Whether any verified backup is on record.
    var wasBackedUp = false
    /// The names of newer backups that are not there any more as they were recorded.
    var lost: [String] = []
    /// Why nobody could look whether the newest one is there; nil where somebody could.
    var unseen: String?
    /// Why nothing could be read; nil where it could.
    var problem: String?
    /// That it is deleted and how long Azure keeps it, in one sentence; nil where it is not.
    var deleted: String?
    /// The command that brings it back where it was deleted less than 48 hours ago; nil where no record tells what it needs.
    var recovery: String?
    /// The newest drill that was passed.
    var drill: DrillHistory.Drill?

    /// The lines of its section.
    var lines: [String] {
        var lines = ["## \(self.name)", ""]
        if let problem = self.problem { lines += ["**\(problem)**", ""] }
        if let deleted = self.deleted { lines += ["**\(deleted)** Step 1 is the one to take.", ""] }
        lines.append(
            "* Backups: storage account `\(self.account)`, container `\(self.container)`; records beside them in "
                + "`\(self.catalogContainer)`."
        )
        if !self.lost.isEmpty {
            let names = self.lost.map { "`\($0)`" }.joined(separator: ", ")
            lines.append("* **Lost since their runs: \(names).** `apim-backup verify \(self.name)` says more.")
        }
        if let unseen = self.unseen {
            lines.append("* Whether the newest backup still lies there could not be looked at: \(unseen)")
        }
        guard let record = self.newest, let backup = record.backup else {
            if self.problem == nil {
                let words = self.wasBackedUp ? "that Azure still restores is left" : "is on record"
                lines.append("* **No verified backup \(words).**")
            }
            return lines + [""] + self.recovering
        }
        return lines + self.facts(record, backup) + [""] + self.recovering + self.rebuilding(record)
            + self.restoring(record)
    }

    private func facts(_ record: RunRecord, _ backup: RecordedBackup) -> [String] {
        let until = backup.restorableUntil.map { ", restorable until \($0.iso8601)" } ?? ""
        return [
            "* Resource: `\(record.instance.id)`, tier \(record.instance.tier), \(record.instance.units) "
                + "unit\(record.instance.units == 1 ? "" : "s"), \(record.instance.location).",
            "* Newest verified backup: `\(backup.name)`\(until).",
            "* API Management reads it as \(record.access.type)\(record.access.clientID.map { " \($0)" } ?? "").",
            self.drill.map { drill in
                "* Last passed drill: \(drill.at.iso8601), restored in \(Duration.seconds(drill.seconds).formattedBriefly)."
            } ?? "* No drill has shown yet that it restores: `apim-backup drill --from \(self.name) --to SCRATCH`.",
        ]
    }

    private var recovering: [String] {
        guard let recovery = self.recovery else { return [] }
        return ["**Step 1.** Deleted less than 48 hours ago: Azure brings it back whole.", ""]
            + Self.block([
                "az login",
                "az apim deletedservice list --output table   # is it there?",
                recovery,
            ])
    }

    private func rebuilding(_ record: RunRecord) -> [String] {
        let group = ShellWord.quoted(record.instance.id.resourceGroup)
        let file = "rebuild-\(self.name).json"
        return [
            "**Step 2.** Gone for good: an empty one like it, and the roles of its identity, which is a new one. Keep the template beside "
                + "this page, made today.",
            "",
        ]
            + Self.block([
                "apim-backup rebuild \(self.name)\(self.places) --out \(file)",
                "az deployment group create --resource-group \(group) --template-file \(file)",
                "apim-backup doctor \(self.name)\(self.places) --fix",
            ]) + self.granting(record)
    }

    /// The role by which API Management reads the backup, given without anything of ours.
    private func granting(_ record: RunRecord) -> [String] {
        guard record.access.type == StorageAccess.systemAssignedManagedIdentity.name, let scope = self.containerID
        else { return [] }
        return ["Its role, with Azure's CLI and nothing of ours:", ""]
            + Self.block([
                RoleCommand.assign(
                    Role.blobContributor.rawValue,
                    to: "\"$(\(record.instance.id.showCommand) --query identity.principalId --output tsv)\"",
                    type: "ServicePrincipal",
                    on: scope
                )
            ])
    }

    private func restoring(_ record: RunRecord) -> [String] {
        let restore = "apim-backup restore --to \(self.name) --in-place\(self.places)"
        let lines =
            ["**Step 3.** Restore, the plan first:", ""]
            + Self.block([
                "\(restore) --dry-run", restore,
                "apim-backup resume\(self.places)   # goes on with a restore that was left behind",
            ])
        guard let command = record.restoreCommand else { return lines }
        let show = record.instance.id.showCommand
        return lines + ["The same with Azure's CLI and nothing of ours:", ""]
            + Self.block([
                "az login",
                "\(show) --query '[sku.name, provisioningState]'   # of tier \(record.instance.tier), and Succeeded",
                "az storage blob list --auth-mode login --account-name \(self.account) --container-name \(self.container) "
                    + "--prefix \(self.name)- --query '[].[name, properties.creationTime]' --output table   # a newer one?",
                command,
                "\(show) --query provisioningState   # Updating until it is done, then Succeeded",
            ])
    }

    private var places: String {
        PlaceOptions.text(account: self.account, container: self.container, catalogContainer: self.catalogContainer)
    }

    private static func block(_ commands: [String]) -> [String] { ["```sh"] + commands + ["```", ""] }
}
