import BackupDomain
import Deployment

/// Whether the identity by which API Management writes may do so.
enum WriterRightCheck: DoctorCheck {
    static let name = CheckName.rightToWriteBackups

    static func judge(_ examination: Examination) -> [Finding] {
        if examination.usesKey { return self.ok("not needed: API Management writes with the account's key") }
        guard examination.instance.value != nil else { return self.notChecked("There is no instance to look at.") }
        guard let writer = examination.writer else {
            return self.notChecked("The instance has no identity that could be given a role.")
        }
        let container = examination.subject.container
        return self.judge(examination.writerRights, of: "container \(container)") { rights in
            guard rights.allowData("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write") else {
                let grant = MissingRole(
                    .blobContributor,
                    to: writer,
                    principalType: "ServicePrincipal",
                    on: examination.subject.containerID(container)
                )
                return self.fault(
                    "API Management's own identity may not write blobs in \(container).",
                    grant == nil ? examination.permissionsCommand : nil,
                    fix: grant.map(Fix.assignRole)
                )
            }
            return self.ok("API Management's identity may write blobs in \(container)")
        }
    }
}
