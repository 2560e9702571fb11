import BackupDomain

/// Whether the account's firewall lets API Management in.
///
/// Source: <https://learn.microsoft.com/azure/api-management/api-management-howto-disaster-recovery-backup-restore>: behind a firewall the
/// system-assigned identity comes in as a trusted service, and nothing else does.
enum FirewallCheck: DoctorCheck {
    static let name = CheckName.firewall
    static let telling = CheckTelling.warnings

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.account, of: "storage account") { account in
            let rules = account["properties"]?["networkAcls"]
            let isClosed = account["properties"]?["publicNetworkAccess"]?.string?.lowercased() == "disabled"
            let denies = rules?["defaultAction"]?.string?.lowercased() == "deny"
            guard isClosed || denies else { return self.ok("lets everybody in who may") }
            let bypass = rules?["bypass"]?.string ?? "None"
            let isTrusting = bypass.lowercased().contains("azureservices")
            let account = examination.subject.account
            guard case .systemAssignedManagedIdentity = examination.subject.access else {
                return self.fault(
                    "The firewall is on, and only a system-assigned identity comes in as a trusted service.",
                    "Let API Management write with its system-assigned identity: leave out --access-type and --access-client-id"
                )
            }
            guard isTrusting else {
                return self.fault(
                    "The firewall is on, and does not let Azure's trusted services in, of which API Management is one.",
                    "az storage account update --name \(account) --bypass \(Self.widened(bypass))"
                )
            }
            if isClosed {
                return self.warning(
                    "The account takes no connections from public networks: whether API Management comes in as a trusted service "
                        + "then is not documented; the first backup shows it.",
                    "az storage account show --name \(account) --query publicNetworkAccess"
                )
            }
            return self.ok("lets in what its rules name, and trusted services such as API Management")
        }
    }

    private static func widened(_ bypass: String) -> String {
        let kept = bypass.split(separator: ",").map { $0.filter { $0 != " " } }.filter { $0.lowercased() != "none" }
        return (kept + ["AzureServices"]).joined(separator: " ")
    }
}
