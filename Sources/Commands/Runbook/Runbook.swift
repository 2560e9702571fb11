import BackupDomain
import FoundationEssentials

/// The page for the day itself, to be kept outside the cloud: a function of what is known, in Markdown.
struct Runbook: Sendable {
    /// One instance, as far as its records tell.
    struct Entry: Sendable {
        /// The instance's name.
        var name: String
        /// The storage account.
        var account: String
        /// The container of backups.
        var container: String
        /// The container of records.
        var catalogContainer: String
        /// The newest record of a verified backup; nil where there is none, or it could not be read.
        var newest: RunRecord?
        /// Why nothing could be read; nil where it could.
        var problem: String?
        /// That it is deleted and how long Azure keeps it, and the command that brings it back; nil where it is not.
        var deleted: [String]?
        /// The newest drill that was passed.
        var drill: DrillHistory.Drill?
    }

    /// The instances.
    var entries: [Entry]
    /// As whom the page was made, in words.
    var identity: String
    /// Whom to tell, a line each.
    var contacts: [String]
    /// When it was made.
    var at: Date
    /// The program that made it.
    var program: String

    /// The lines of the page.
    var lines: [String] {
        ["# Restoring API Management: the day itself", ""]
            + [
                "Made \(self.at.wholeSeconds.iso8601) by \(self.program) as \(self.identity). Keep it where you can read it when Azure "
                    + "cannot be reached, and make it anew each month: `apim-backup runbook > runbook.md`.",
                "",
            ] + self.order + self.entries.flatMap(self.lines) + self.missing + self.people
    }

    private var order: [String] {
        [
            "## In this order", "",
            "1. Do not delete and change nothing. Tell the people below.",
            "2. Is the instance deleted? For 48 hours Azure brings it back whole: `apim-backup rebuild NAME` prints the command and the "
                + "hours that are left, `az apim deletedservice list` shows it too. Nothing else is needed then.",
            "3. Is it gone for good? `apim-backup rebuild NAME --out rebuild.json` writes the template of an empty one like it; deploy that.",
            "4. `apim-backup doctor NAME --fix`: the identity is a new one and needs its roles.",
            "5. Restore, by the commands below. A restore overwrites everything in the instance that it goes into, takes 30 minutes or "
                + "more, and goes into the same pricing tier only.",
            "6. See to what a backup does not hold: the list is at the end of the restore, and of this page.", "",
        ]
    }

    private func lines(_ entry: Entry) -> [String] {
        var lines = ["## \(entry.name)", ""]
        if let problem = entry.problem { lines += ["**Its records could not be read:** \(problem)", ""] }
        if let deleted = entry.deleted {
            lines += ["**\(deleted[0])**", "", "```sh"] + deleted.dropFirst() + ["```", ""]
        }
        lines += [
            "* Backups: storage account `\(entry.account)`, container `\(entry.container)`; records beside them in "
                + "`\(entry.catalogContainer)`."
        ]
        guard let record = entry.newest, let backup = record.backup else {
            return lines + ["* **No verified backup is on record.**", ""]
        }
        let until = backup.restorableUntil.map { ", restorable until \($0.iso8601)" } ?? ""
        lines += [
            "* Resource: `\(record.instance.id)`, tier \(record.instance.tier), \(record.instance.units) "
                + "unit\(record.instance.units == 1 ? "" : "s"), \(record.instance.location).",
            "* Newest verified backup: `\(backup.name)`\(until).",
            "* API Management reads it as \(record.access.type)\(record.access.clientID.map { " \($0)" } ?? "").",
            entry.drill.map { drill in
                "* Last passed drill: \(drill.at.iso8601), restored in \(Duration.seconds(drill.seconds).formattedBriefly)."
            } ?? "* No drill has shown yet that it restores: `apim-backup drill --from \(entry.name) --to SCRATCH`.",
            "", "With this program, the plan first:", "", "```sh",
            "apim-backup restore --to \(entry.name) --in-place --storage-account \(entry.account) --dry-run",
            "apim-backup restore --to \(entry.name) --in-place --storage-account \(entry.account)", "```", "",
        ]
        guard let command = record.restoreCommand else { return lines }
        return lines + ["With Azure's CLI and nothing of ours:", "", "```sh", "az login", command, "```", ""]
    }

    private var missing: [String] {
        [
            "## What a backup does not hold", "",
            "Custom hostnames with their certificates; CA certificates; the integration into a virtual network; managed identities and "
                + "their roles; diagnostic settings; settings of protocols and ciphers; the developer portal's content; usage data. Values "
                + "from Key Vault come back as references, which the instance's identity must be able to read.", "",
        ]
    }

    private var people: [String] {
        ["## Whom to tell", ""]
            + (self.contacts.isEmpty
                ? [
                    "Nobody is named in the settings (`notifications.channels`). Write names and numbers here: ____________________"
                ]
                : self.contacts.map { "* \($0)" })
    }
}
