extension Cloud {
    /// The clouds that need no metadata document; the first is the default.
    ///
    /// Source: <https://learn.microsoft.com/azure/storage/common/storage-powershell-independent-clouds> and the clouds that
    /// Azure's command line knows.
    package static let builtIn = [
        Cloud(
            name: "AzureCloud",
            resourceManager: Origin(host: "management.azure.com"),
            audience: "https://management.azure.com",
            authority: Origin(host: "login.microsoftonline.com"),
            storageSuffix: "core.windows.net"
        ),
        Cloud(
            name: "AzureUSGovernment",
            resourceManager: Origin(host: "management.usgovcloudapi.net"),
            audience: "https://management.usgovcloudapi.net",
            authority: Origin(host: "login.microsoftonline.us"),
            storageSuffix: "core.usgovcloudapi.net"
        ),
        Cloud(
            name: "AzureChinaCloud",
            resourceManager: Origin(host: "management.chinacloudapi.cn"),
            audience: "https://management.chinacloudapi.cn",
            authority: Origin(host: "login.chinacloudapi.cn"),
            storageSuffix: "core.chinacloudapi.cn"
        ),
    ]
}
