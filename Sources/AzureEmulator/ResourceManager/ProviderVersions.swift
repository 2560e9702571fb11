import EmulatorRuntime

/// The versions that each provider lists; any well-formed version is accepted in calls.
///
/// Source: the lists of stable versions in the specifications.
enum ProviderVersions {
    static func versions(of namespace: String) -> [JSON] {
        switch namespace.lowercased() {
        case "microsoft.apimanagement": ["2024-05-01", "2022-08-01", "2021-08-01"]
        case "microsoft.storage": ["2024-01-01", "2023-05-01", "2023-01-01"]
        case "microsoft.managedidentity": ["2023-01-31", "2018-11-30"]
        case "microsoft.authorization": ["2022-04-01", "2020-10-01"]
        default: ["2021-04-01"]
        }
    }
}
