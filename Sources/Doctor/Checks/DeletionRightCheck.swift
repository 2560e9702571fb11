import BackupDomain
import Deployment

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
                    Self.granting(examination)
                )
            }
            if !examination.subject.isPruned, deletes || writes {
                return self.warning(
                    "This identity may \(writes ? "overwrite and delete" : "delete") backups, which it does not need: no rule of "
                        + "retention releases any.",
                    Self.narrowing(examination)
                )
            }
            return self.ok(deletes ? "may delete what the rules release" : "may not, and need not")
        }
    }

    /// The commands that let the caller delete backups, and write none.
    private static func granting(_ examination: Examination) -> String {
        guard let caller = examination.caller.value?.objectID, let account = examination.subject.accountID,
            let scope = examination.subject.containerID(examination.subject.container)
        else { return examination.permissionsCommand }
        return RoleCommand.allowPruning(by: caller, in: scope, of: account)
    }

    /// The commands that let the caller read backups and write records only, and show what it may beside.
    private static func narrowing(_ examination: Examination) -> String {
        let subject = examination.subject
        guard let caller = examination.caller.value?.objectID, let backups = subject.containerID(subject.container),
            let records = subject.containerID(subject.catalogContainer)
        else { return examination.permissionsCommand }
        return [
            RoleCommand.assign(Role.blobReader.rawValue, to: caller, on: backups),
            RoleCommand.assign(Role.blobContributor.rawValue, to: caller, on: records),
            RoleCommand.list(of: caller, on: backups),
        ].joined(separator: " && ") + "  " + RoleCommand.removal
    }
}
