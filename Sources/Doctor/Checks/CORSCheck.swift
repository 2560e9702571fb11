import BackupDomain

/// Whether the blob service has rules for CORS, which make API Management refuse.
///
/// Source: <https://learn.microsoft.com/azure/api-management/api-management-howto-disaster-recovery-backup-restore> says that there should
/// be none; azure-powershell#23411 shows it for keys
enum CORSCheck: DoctorCheck {
    static let name = CheckName.cors
    static let telling = CheckTelling.warnings

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.blobService, of: "blob service") { service in
            let rules = service["properties"]?["cors"]?["corsRules"]?.array ?? []
            guard !rules.isEmpty else { return self.ok("no rules") }
            let clear =
                "az storage account blob-service-properties cors-rule clear --account-name \(examination.subject.account)"
            let count = "\(rules.count) rule\(rules.count == 1 ? "" : "s") for CORS on the blob service"
            if examination.usesKey {
                return self.fault("\(count): with an access key API Management may refuse the backup for that.", clear)
            }
            return self.warning("\(count): Azure's documentation says that there should be none.", clear)
        }
    }
}
