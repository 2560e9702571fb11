package import BackupDomain
import FoundationEssentials

/// Where backups and records are.
package struct StorageSettings: SettingsSection, Hashable {
    /// The storage account's name.
    package var account: String?
    /// The container of backups.
    package var container = "apim-backups"
    /// The container of our own records.
    package var catalogContainer = "apim-backups-catalog"
    /// The account's blob endpoint, where it cannot be found by itself.
    package var blobEndpoint: String?

    /// Creates a section that names no account.
    package init() {}

    package static let fields: [SettingField<Self>] = [
        .value(
            "account",
            \.account,
            .text(
                "3 to 24 lower-case letters and digits",
                example: "contosobackups",
                pattern: "^[a-z0-9]{3,24}$",
                where: StorageAccount.isValidName
            ),
            "The storage account's name."
        ),
        .value(
            "container",
            \.container,
            Self.containerName,
            "The container of backups, which API Management writes into."
        ),
        .value("catalogContainer", \.catalogContainer, Self.containerName, "The container of our own records."),
        .value(
            "blobEndpoint",
            \.blobEndpoint,
            .text(
                "an https URL without a query",
                example: "https://contosobackups.blob.core.windows.net",
                pattern: "^https?://[^?#]+$",
                where: Self.isEndpoint
            ),
            lead: "account",
            "The account's blob endpoint, where it cannot be found by itself."
        ),
    ]

    private static let containerName = SettingType<String>.text(
        "3 to 63 lower-case letters, digits and single hyphens, none first or last",
        example: "apim-backups",
        pattern: "^[a-z0-9](-?[a-z0-9])*$",
        where: StorageAccount.isValidContainerName
    )

    /// Whether a text may be an endpoint; whether tokens may go there is decided where it is used.
    private static func isEndpoint(_ text: String) -> Bool {
        guard let url = URL(string: text), url.query() == nil, url.fragment() == nil, url.user() == nil else {
            return false
        }
        return ["https", "http"].contains(url.scheme) && url.host()?.isEmpty == false && text.utf8.count <= 2048
    }

    package func check(_ report: inout SectionReport) {
        if self.container == self.catalogContainer {
            report.note(
                "catalogContainer",
                "container and catalogContainer must differ: backups and records have different rights",
                fix: "Leave one of them at its default."
            )
        }
    }

    /// The account's name, where one is needed.
    ///
    /// - Returns: The name.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where nothing names one.
    package func requiredAccount() throws(BackupError) -> String {
        guard let account = self.account else {
            throw BackupError(
                .invalidInput,
                "No storage account is named.",
                remedy:
                    "Give --storage-account NAME, or name it in a settings file as storage.account ('apim-backup config "
                    + "generate' writes one), or set APIM_BACKUP_STORAGE_ACCOUNT."
            )
        }
        return account
    }
}
