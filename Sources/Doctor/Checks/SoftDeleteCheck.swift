import BackupDomain

/// Whether a deleted backup could be brought back.
enum SoftDeleteCheck: DoctorCheck {
    static let name = CheckName.softDelete
    static let telling = CheckTelling.warnings

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.blobService, of: "blob service") { service in
            let properties = service["properties"]
            let retention = properties?["deleteRetentionPolicy"]
            let isVersioned = properties?["isVersioningEnabled"] == .boolean(true)
            if retention?["enabled"] == .boolean(true) {
                let days = retention?["days"]?.integer.map { "\($0) days" } ?? "some time"
                return self.ok("deleted blobs are kept for \(days)\(isVersioned ? ", earlier versions too" : "")")
            }
            if isVersioned { return self.ok("earlier versions of blobs are kept") }
            return self.warning(
                "A backup that somebody deletes or overwrites is gone at once: neither soft delete nor versioning is on.",
                "az storage account blob-service-properties update --account-name \(examination.subject.account) "
                    + "--enable-delete-retention true --delete-retention-days 14"
            )
        }
    }
}
