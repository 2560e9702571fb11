import BackupDomain
import Deployment

/// The firewall of a storage account, as far as it decides whether backups can be made and looked at.
///
/// Source: <https://learn.microsoft.com/azure/storage/common/storage-network-security-trusted-azure-services>
struct AccountNetwork {
    /// Whether it keeps out whoever no rule names.
    let isClosed: Bool
    /// Whether Azure's trusted services get in.
    let admitsTrustedServices: Bool
    /// The resources that a rule lets in, by their ids.
    let admittedResources: Set<String>

    /// Reads the answer to a GET of the account.
    init(_ account: JSONValue) {
        let rules = account["properties"]?["networkAcls"]
        let isPublic = account["properties"]?["publicNetworkAccess"]?.string?.lowercased() != "disabled"
        self.isClosed = !isPublic || rules?["defaultAction"]?.string?.lowercased() == "deny"
        self.admitsTrustedServices = rules?["bypass"]?.string?.lowercased().contains("azureservices") ?? true
        let admitted = rules?["resourceAccessRules"]?.array ?? []
        self.admittedResources = Set(admitted.compactMap { $0["resourceId"]?.string?.lowercased() })
    }

    /// What stands in the way of backups of an instance into the account.
    ///
    /// - Parameters:
    ///   - member: The instance.
    ///   - proposal: What would be deployed.
    /// - Returns: What nobody gets past, and what a person should know.
    func findings(
        _ member: ProtectedInstance,
        _ proposal: DeploymentProposal
    ) -> (problems: [BackupError], notes: [String]) {
        guard self.isClosed else { return ([], []) }
        let name = member.account.name
        let writes = !member.isInventoryOnly
        guard
            !writes || self.admitsTrustedServices
                || self.admittedResources.contains(member.instance.id.text.lowercased())
        else {
            let problem = BackupError(
                .deploymentRefused,
                "The firewall of the storage account \(name) does not let trusted services in: API Management could write no backup "
                    + "there.",
                remedy: "Let them in: az storage account update --name \(name) --bypass AzureServices"
            )
            return ([problem], [])
        }
        var notes: [String] = []
        if writes, member.access != .system {
            notes.append(
                "The storage account \(name) has a firewall, which lets API Management in with its system-assigned identity; with "
                    + "another access the first backup shows whether it does."
            )
        }
        let hasNetwork = [JobInputs.subnet, JobInputs.environment].contains {
            proposal.arguments.text($0).map { !$0.isEmpty } ?? false
        }
        guard proposal.host == .containerAppJob, !hasNetwork else { return ([], notes) }
        let problem = BackupError(
            .deploymentRefused,
            "The firewall of the storage account \(name) keeps the job out, which would run in a network of Azure's.",
            remedy:
                "Name a subnet that the firewall lets in, or that has a private endpoint of the account: --set subnet_id=ID; or "
                + "an environment in one: --set environment_id=ID."
        )
        return ([problem], notes)
    }
}
