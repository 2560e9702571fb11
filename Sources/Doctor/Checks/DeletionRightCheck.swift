import BackupDomain

/// Whether the caller may delete backups, where the rules of retention release any.
enum DeletionRightCheck: DoctorCheck {
    static let name = CheckName.rightToDelete
    static let telling = CheckTelling.warnings

    static func judge(_ examination: Examination) -> [Finding] {
        let container = examination.subject.container
        return self.judge(
            examination.containerRights[container] ?? .hidden("No call was made."),
            of: "container \(container)"
        ) { rights in
            let blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
            let (deletes, writes) = (rights.allowData("\(blobs)/delete"), rights.allowData("\(blobs)/write"))
            if examination.subject.isPruned, !deletes {
                return self.warning(
                    "The rules of retention release backups, and this identity may not delete them; 'prune' names them for another one.",
                    "apim-backup permissions"
                )
            }
            if !examination.subject.isPruned, deletes || writes {
                return self.warning(
                    "This identity may \(writes ? "overwrite and delete" : "delete") backups, which it does not need: no rule of "
                        + "retention releases any.",
                    "Give it 'Storage Blob Data Reader' on \(container), and 'Storage Blob Data Contributor' on "
                        + "\(examination.subject.catalogContainer) only"
                )
            }
            return self.ok(deletes ? "may delete what the rules release" : "may not, and need not")
        }
    }
}
