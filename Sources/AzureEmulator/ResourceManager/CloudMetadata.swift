import EmulatorRuntime
import HTTPTypes

/// The document from which Azure's clients learn a cloud's endpoints; it needs no token.
///
/// Source: what azure-cli asks for and reads: version 2022-09-01 is one object, 2019-05-01 a list.
struct CloudMetadata: Sendable {
    let endpoints: Endpoints
    let tenantID: String

    /// The answer, or nil where the request is for something else.
    func answer(to request: EmulatedRequest) -> EmulatedResponse? {
        guard request.segments.map({ $0.lowercased() }) == ["metadata", "endpoints"] else { return nil }
        guard let version = request.query("api-version") else { return ManagementError.missingVersion().response }
        return .json(version < "2022" ? [self.document] : self.document)
    }

    /// The document of the newest version; also what a template's `environment()` is.
    var document: JSON {
        let manager = "\(self.endpoints.resourceManager)/"
        let graph = "\(self.endpoints.authority)/graph/"
        return [
            "name": "LocalAzure", "portal": .string(manager),
            "authentication": [
                "loginEndpoint": .string("\(self.endpoints.authority)/"),
                "audiences": [
                    .string(manager), "https://management.core.windows.net/", "https://management.azure.com/",
                ],
                "tenant": "common", "identityProvider": "AAD",
            ],
            "resourceManager": .string(manager), "graph": .string(graph), "graphAudience": .string(graph),
            "microsoftGraphResourceId": .string(graph), "gallery": .string(manager), "batch": .string(manager),
            "media": .string(manager), "sqlManagement": .string(manager),
            "activeDirectoryDataLake": .string(manager), "vmImageAliasDoc": .string(manager),
            "suffixes": [
                "storage": .string(self.storageSuffix), "keyVaultDns": "vault.localhost",
                "sqlServerHostname": "database.localhost", "acrLoginServer": "acr.localhost",
                "mhsmDns": "managedhsm.localhost", "mysqlServerEndpoint": "mysql.localhost",
                "postgresqlServerEndpoint": "postgres.localhost", "mariadbServerEndpoint": "mariadb.localhost",
                "synapseAnalytics": "dev.azuresynapse.localhost",
            ],
        ]
    }

    /// Accounts are addressed by path, so a host made with this suffix leads nowhere; clients get the endpoint by
    /// other ways.
    private var storageSuffix: String { "storage.localhost" }
}
