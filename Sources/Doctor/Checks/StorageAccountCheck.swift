import BackupDomain

/// Whether the storage account can be seen in the Resource Manager.
enum StorageAccountCheck: DoctorCheck {
    static let name = CheckName.storageAccount

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(
            examination.account,
            missing: {
                self.fault(
                    "There is no storage account '\(examination.subject.account)': neither the Resource Manager nor its blob endpoint "
                        + "knows it.",
                    "az storage account list --query '[].name' --output tsv  # behind a private endpoint, see to this machine's DNS"
                )
            },
            { account in
                if account["properties"]?["statusOfPrimary"]?.string?.lowercased() == "unavailable" {
                    return self.fault(
                        "The account is unavailable in its primary region.",
                        "az storage account show --name \(examination.subject.account) --query statusOfPrimary"
                    )
                }
                return self.ok("\(account["id"]?.string ?? examination.subject.account)")
            }
        )
    }
}
