import ArgumentParser
import Settings

/// How API Management reaches the storage account.
struct AccessOptions: ParsableArguments, SettingOptions {
    @Option(
        help: "How API Management reaches the storage account. (values: \(Self.types.joined(separator: ", ")))"
    )
    var accessType: String?

    @Option(
        name: .customLong("access-client-id"),
        help: "The client id of API Management's user-assigned identity (not of the caller's)."
    )
    var accessClientID: String?

    @Option(
        help: ArgumentHelp(
            "A file that holds the account's key, for AccessKey.",
            discussion: "Or the variable APIM_BACKUP_ACCESS_KEY; the key itself is never an argument."
        )
    )
    var accessKeyFile: String?

    private static let types = AccessSettings.Kind.allCases.map(\.rawValue)

    var flags: [SettingFlag?] {
        [
            SettingFlag("access.type", "--access-type", self.accessType),
            SettingFlag("access.clientId", "--access-client-id", self.accessClientID),
            SettingFlag("access.keyFile", "--access-key-file", self.accessKeyFile),
        ]
    }
}
