import EmulatorRuntime

/// The versions of its interface that each provider lists.
///
/// API Management takes no others; with the rest any well-formed version will do, since clients are newer than any list.
///
/// Source: the lists of the specifications; API Management's as its resource types have them in August 2026.
enum ProviderVersions {
    private static let apiManagement = [
        "2025-09-01-preview", "2025-03-01-preview", "2024-10-01-preview", "2024-06-01-preview", "2024-05-01",
        "2023-09-01-preview", "2023-05-01-preview", "2023-03-01-preview", "2022-09-01-preview", "2022-08-01",
        "2022-04-01-preview", "2021-12-01-preview", "2021-08-01", "2021-04-01-preview", "2021-01-01-preview",
        "2020-12-01", "2020-06-01-preview", "2019-12-01", "2019-12-01-preview", "2019-01-01", "2018-06-01-preview",
        "2018-01-01", "2017-03-01", "2016-10-10", "2016-07-07",
    ]

    /// What a provider lists, the newest first.
    static func versions(of namespace: String) -> [String] {
        switch namespace.lowercased() {
        case "microsoft.apimanagement": self.apiManagement
        case "microsoft.storage": ["2024-01-01", "2023-05-01", "2023-01-01"]
        case "microsoft.managedidentity": ["2023-01-31", "2018-11-30"]
        case "microsoft.logic": ["2019-05-01", "2016-06-01"]
        case "microsoft.authorization": ["2022-04-01", "2020-10-01"]
        default: ["2021-04-01"]
        }
    }

    /// Whether a call of this version reaches the provider.
    static func isSupported(_ version: String, by namespace: String) -> Bool {
        guard namespace.lowercased() == "microsoft.apimanagement" else { return true }
        return self.apiManagement.contains(version.lowercased())
    }
}
