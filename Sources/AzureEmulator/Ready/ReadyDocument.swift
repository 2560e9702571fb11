import EmulatorRuntime

/// What the emulator says when it is ready: where everything is, and how to attach.
///
/// Printed as one line of JSON; the order of the fields is that of the properties.
package struct ReadyDocument: Sendable, Equatable {
    /// The address of the Resource Manager, without a slash at the end.
    package var resourceManager: String
    /// The address of Microsoft Entra ID, without a slash at the end.
    package var authority: String
    /// The address of the blob storage over TLS, without account and slash.
    package var blob: String
    /// The address of the clock and of the accounts for tests, plain http.
    package var admin: String
    /// The file with the certificate of the emulator's authority, in PEM.
    package var caFile: String
    /// The tenant.
    package var tenantID: String
    /// The first subscription.
    package var subscriptionID: String
    /// The client id of the first application; empty where the world has none.
    package var clientID: String
    /// A secret of that application.
    package var clientSecret: String
    /// The first storage account's name.
    package var storageAccount: String
    /// That account's first key.
    package var storageKey: String
    /// That account's blob endpoint over TLS, without a slash at the end.
    package var blobEndpoint: String
    /// That account's blob endpoint over plain http, without a slash at the end.
    package var blobEndpointHTTP: String
    /// The environment variables by which clients attach.
    package var environment: [String: String]

    /// The document as one line of JSON.
    package var line: String {
        let json: JSON = [
            "resourceManager": .string(self.resourceManager), "authority": .string(self.authority),
            "blob": .string(self.blob), "admin": .string(self.admin), "caFile": .string(self.caFile),
            "tenantId": .string(self.tenantID), "subscriptionId": .string(self.subscriptionID),
            "servicePrincipal": ["clientId": .string(self.clientID), "clientSecret": .string(self.clientSecret)],
            "storage": [
                "account": .string(self.storageAccount), "key": .string(self.storageKey),
                "blobEndpoint": .string(self.blobEndpoint), "blobEndpointHTTP": .string(self.blobEndpointHTTP),
            ],
            "environment": .object(
                self.environment.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) }
            ),
        ]
        return json.text
    }

    /// The environment as lines that a POSIX shell reads, each value quoted.
    package var exportLines: String {
        self.environment.sorted { $0.key < $1.key }
            .map { "export \($0.key)='\($0.value.replacing("'", with: "'\\''"))'\n" }.joined()
    }
}
