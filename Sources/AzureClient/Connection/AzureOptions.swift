/// What the command line asks of a connection.
package struct AzureOptions: Sendable {
    /// `--cloud`; nil for the default.
    package var cloud: String?
    /// `--credential`; nil for what the environment says.
    package var credential: String?
    /// The api-version of API Management's calls.
    package var apiVersion: String
    /// How the program shows itself to Azure.
    package var identity: ClientIdentity

    /// Creates a value.
    package init(
        cloud: String? = nil,
        credential: String? = nil,
        apiVersion: String = ResourceManagerClient.standardAPIVersion,
        identity: ClientIdentity
    ) {
        self.cloud = cloud
        self.credential = credential
        self.apiVersion = apiVersion
        self.identity = identity
    }
}
