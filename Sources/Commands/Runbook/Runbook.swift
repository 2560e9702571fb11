import BackupDomain
import FoundationEssentials

/// The page for the day itself, to be kept outside the cloud: a function of what is known, in Markdown.
struct Runbook: Sendable {
    /// The instances.
    var entries: [RunbookEntry]
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
            ] + self.order + self.entries.flatMap(\.lines) + self.missing + self.people
    }

    private var order: [String] {
        [
            "## In this order", "",
            "1. Do not delete and change nothing. Tell the people below.",
            "2. Is the instance deleted? For 48 hours Azure brings it back whole, and nothing else is needed: step 1 of its section.",
            "3. Is it gone for good? Make an empty one like it, and give its identity the roles: step 2.",
            "4. Restore: step 3. A restore overwrites everything in the instance that it goes into, takes 30 minutes or more, and goes "
                + "into the same pricing tier only.",
            "5. See to what a backup does not hold: the list is at the end of the restore, and of this page.", "",
        ]
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
