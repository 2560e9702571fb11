import BackupDomain

/// Whether workspaces of the instance have gateways of their own: Azure has no backup for such an instance.
///
/// Source: <https://learn.microsoft.com/azure/api-management/api-management-howto-disaster-recovery-backup-restore>
enum WorkspaceGatewayCheck: DoctorCheck {
    static let name = CheckName.workspaceGateways

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.workspaceGateways, of: "instance") { gateways in
            guard let first = gateways.first else { return self.ok("none") }
            let count = gateways.count
            return self.fault(
                "\(count) workspace \(count == 1 ? "gateway is" : "gateways are") associated with the instance: Azure has no backup then.",
                "az rest --method delete --url '\(first)?api-version=2024-05-01'  # if its workspace can do without; otherwise keep the "
                    + "configuration under source control"
            )
        }
    }
}
