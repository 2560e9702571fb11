import Foundation

extension ReadyDocument {
    /// Puts together what clients of this world at these addresses must know.
    init(world: World, endpoints: Endpoints, files: RuntimeFiles, isVirtual: Bool) {
        let application = world.servicePrincipals.first
        let account = world.storageAccounts.first
        let endpoint = account.map { "\(endpoints.blob)/\($0.name)" } ?? endpoints.blob
        var environment = [
            // Azure's CLI reads the older version through this variable.
            "ARM_CLOUD_METADATA_URL": "\(endpoints.resourceManager)/metadata/endpoints?api-version=2019-05-01",
            "AZURE_AUTHORITY_HOST": "\(endpoints.authority)", "AZURE_TENANT_ID": world.tenantID,
            "AZURE_SUBSCRIPTION_ID": world.subscriptions.first?.id ?? "",
            "IDENTITY_ENDPOINT": "\(endpoints.identity)/msi/token",
            "IDENTITY_HEADER": world.machine.identityHeader, "SSL_CERT_FILE": files.caFile.path,
            "REQUESTS_CA_BUNDLE": files.bundleFile.path, "APIM_BACKUP_BLOB_ENDPOINT": endpoint,
            "AZURE_CONFIG_DIR": files.cliFolder.path, "AZURE_CORE_INSTANCE_DISCOVERY": "false",
        ]
        if isVirtual { environment["APIM_BACKUP_CLOCK"] = "\(endpoints.admin)/clock" }
        self.init(
            resourceManager: endpoints.resourceManager,
            authority: endpoints.authority,
            blob: endpoints.blob,
            admin: endpoints.admin,
            caFile: files.caFile.path,
            tenantID: world.tenantID,
            subscriptionID: world.subscriptions.first?.id ?? "",
            clientID: application?.clientID ?? "",
            clientSecret: application?.secrets.first ?? "",
            storageAccount: account?.name ?? "",
            storageKey: account?.keys.first ?? "",
            blobEndpoint: endpoint,
            blobEndpointHTTP: account.map { "\(endpoints.blobHTTP)/\($0.name)" } ?? endpoints.blobHTTP,
            environment: environment
        )
    }
}
