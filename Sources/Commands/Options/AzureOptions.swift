import ArgumentParser

/// Which Azure, and as whom.
struct AzureOptions: ParsableArguments {
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
}
