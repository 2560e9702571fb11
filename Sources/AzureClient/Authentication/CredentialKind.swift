import BackupDomain

/// The credentials that there are.
enum CredentialKind: String, Sendable, Hashable, CaseIterable {
    /// A client secret or certificate in the environment.
    case environment
    /// A token of the platform, exchanged.
    case workloadIdentity = "workload-identity"
    /// The identity that Azure gives to the machine, the app or the container.
    case managedIdentity = "managed-identity"
    /// Whoever is signed in to Azure's command line.
    case azureCLI = "azure-cli"

    /// The name that `AZURE_TOKEN_CREDENTIALS` knows it by.
    var sharedName: String {
        switch self {
        case .environment: "environmentcredential"
        case .workloadIdentity: "workloadidentitycredential"
        case .managedIdentity: "managedidentitycredential"
        case .azureCLI: "azureclicredential"
        }
    }

    /// Reads a choice of credentials.
    ///
    /// Source: <https://learn.microsoft.com/python/api/overview/azure/identity-readme#defaultazurecredential>
    ///
    /// - Parameters:
    ///   - text: A name of ours or a shared one, `prod` or `dev`, in any case; nil for all.
    ///   - source: The flag or variable that it stands in, for the message.
    /// - Returns: The credentials in the order in which they are tried.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` for another name.
    static func selection(_ text: String?, source: String) throws(BackupError) -> [CredentialKind] {
        guard let text else { return Self.allCases }
        let name = text.lowercased()
        if name == "prod" { return [.environment, .workloadIdentity, .managedIdentity] }
        if name == "dev" { return [.azureCLI] }
        if let kind = Self.allCases.first(where: { $0.rawValue == name || $0.sharedName == name }) { return [kind] }
        throw BackupError(
            .invalidInput,
            "\(source) names a credential '\(text)' that is not known here.",
            remedy: "Choose one of: \(Self.allCases.map(\.rawValue).joined(separator: ", ")), prod, dev."
        )
    }
}
