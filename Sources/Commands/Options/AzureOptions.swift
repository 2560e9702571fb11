import ArgumentParser
import Settings

/// Which settings, which Azure, and as whom.
struct AzureOptions: ParsableArguments, SettingOptions {
    @Option(
        help: ArgumentHelp(
            "The settings file; apim-backup.yaml here or in /etc/apim-backup by default.",
            discussion: "Also as APIM_BACKUP_SETTINGS. Flags win over variables, variables over the file.",
            valueName: "file"
        )
    )
    var settings: String?

    @Option(
        help: "AzureCloud, AzureUSGovernment, AzureChinaCloud, or a name from the document at ARM_CLOUD_METADATA_URL."
    )
    var cloud: String?

    @Option(
        help: ArgumentHelp(
            "environment, workload-identity, managed-identity or azure-cli; all in this order by default.",
            discussion: "Also as AZURE_TOKEN_CREDENTIALS."
        )
    )
    var credential: String?

    @Option(help: "The subscription's id; AZURE_SUBSCRIPTION_ID or all that can be seen by default.")
    var subscription: String?

    var flags: [SettingFlag?] {
        [
            SettingFlag("cloud", "--cloud", self.cloud), SettingFlag("credential", "--credential", self.credential),
            SettingFlag("subscription", "--subscription", self.subscription),
        ]
    }
}
